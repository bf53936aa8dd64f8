namespace AirIsland.Simulators.Physics.Climate;

/// <summary>The air around the station.</summary>
/// <param name="Kelvin">Dry bulb.</param>
/// <param name="RelativeHumidity">Over water, 0 to 1.</param>
/// <param name="Pa">Barometric pressure at the site, absolute.</param>
/// <param name="WetBulbKelvin">What a cooling tower can reach at best; never above the dry bulb.</param>
public readonly record struct OutdoorAir(double Kelvin, double RelativeHumidity, double Pa, double WetBulbKelvin);
