using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Validation;

/// <summary>
/// A station that worked and whose compressors are then switched off, as in the field: volumes, pressures and temperatures of its
/// receivers, and a clock. Flows in m³/min FAD.
/// </summary>
/// <param name="Seconds">From the first pressure to the last.</param>
/// <param name="FoundM3PerMin">The leak at the first pressure.</param>
/// <param name="WithoutThermometerM3PerMin">The same as if the air kept its temperature.</param>
/// <param name="FirstPa">Pa absolute.</param>
/// <param name="OutsidePa">Barometer.</param>
/// <param name="Kelvin">Of the header at first.</param>
public sealed record BleedDown(
    double Seconds, double FoundM3PerMin, double WithoutThermometerM3PerMin, double FirstPa, double OutsidePa, double Kelvin)
{
    private const double WorkSeconds = 7200;
    private const double FirstGaugeMPa = 0.7;
    private const double LastGaugeMPa = 0.6;

    /// <summary>No hole worth finding takes longer.</summary>
    private const double LongestSeconds = 86_400;

    /// <exception cref="InvalidOperationException">The pressure does not come to where the test begins or ends within a day.</exception>
    public static BleedDown Run(StationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var station = new Station(spec);
        Until(station, () => station.Seconds >= WorkSeconds && GaugePa(station) > FirstGaugeMPa * 1e6);
        station.Commands.Clear();
        Until(station, () => GaugePa(station) <= FirstGaugeMPa * 1e6);
        var (begin, firstM3, firstPa, firstKelvin) = (station.Seconds, StoredM3(station), station.Header.Pa, station.Header.Kelvin);
        Until(station, () => GaugePa(station) <= LastGaugeMPa * 1e6);

        var seconds = station.Seconds - begin;
        var header = station.Header;
        var found = ClosedForms.BleedDownM3PerMin(firstM3, StoredM3(station), seconds, firstKelvin, header.Kelvin);
        var careless = ClosedForms.BleedDownM3PerMin(firstM3, firstM3 * header.Pa / firstPa, seconds, firstKelvin, firstKelvin);
        return new(seconds, found, careless, firstPa, station.Outdoor.Pa, firstKelvin);
    }

    private static double GaugePa(Station station) => station.Header.Pa - station.Outdoor.Pa;

    private static double StoredM3(Station station) =>
        station.Network.Nodes.Sum(n => ClosedForms.StoredM3(n.VolumeM3, n.Pa, n.Kelvin));

    private static void Until(Station station, Func<bool> isReached)
    {
        var last = station.Seconds + LongestSeconds;
        while (!isReached())
        {
            if (station.Seconds > last) throw new InvalidOperationException("the pressure does not come to where the test begins or ends");
            station.Step(1);
        }
    }
}
