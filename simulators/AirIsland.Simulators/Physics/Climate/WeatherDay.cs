namespace AirIsland.Simulators.Physics.Climate;

/// <summary>What a day's weather is about: the values at its noon, between which the track draws lines.</summary>
internal readonly record struct WeatherDay(double MeanCelsius, double RangeK, double DewCelsius, double SeaLevelPa)
{
    public static WeatherDay Between(in WeatherDay a, in WeatherDay b, double share) => new(
        a.MeanCelsius + (b.MeanCelsius - a.MeanCelsius) * share,
        a.RangeK + (b.RangeK - a.RangeK) * share,
        a.DewCelsius + (b.DewCelsius - a.DewCelsius) * share,
        a.SeaLevelPa + (b.SeaLevelPa - a.SeaLevelPa) * share);
}
