using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Validation;

/// <summary>
/// A station bled down with its compressors off, as it is done in the field: volume, two pressures and the temperature of the header, and
/// a clock.
/// </summary>
/// <param name="Seconds">From the first pressure to the last.</param>
/// <param name="FoundM3PerMin">The leak at the first pressure by <see cref="ClosedForms.BleedDownM3PerMin"/>.</param>
/// <param name="FirstPa">Pa absolute.</param>
/// <param name="OutsidePa">Barometer.</param>
/// <param name="Kelvin">Of the header.</param>
public sealed record BleedDown(double Seconds, double FoundM3PerMin, double FirstPa, double OutsidePa, double Kelvin)
{
    private const double FirstGaugeMPa = 0.7;
    private const double LastGaugeMPa = 0.6;

    /// <summary>No hole worth finding takes longer.</summary>
    private const double LongestSeconds = 86_400;

    /// <exception cref="InvalidOperationException">The pressure does not fall within a day.</exception>
    public static BleedDown Run(StationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var station = new Station(spec);
        station.Commands.Clear();
        Fall(station, FirstGaugeMPa);
        var (begin, firstPa, firstKelvin) = (station.Seconds, station.Header.Pa, station.Header.Kelvin);
        Fall(station, LastGaugeMPa);
        // Temperatures brought together before the pressures are compared.
        var lastPa = station.Header.Pa * firstKelvin / station.Header.Kelvin;
        var seconds = station.Seconds - begin;
        var volume = station.Network.Nodes.Sum(n => n.VolumeM3);
        var found = ClosedForms.BleedDownM3PerMin(volume, firstPa, lastPa, firstKelvin, seconds);
        return new(seconds, found, firstPa, station.Outdoor.Pa, firstKelvin);
    }

    private static void Fall(Station station, double gaugeMPa)
    {
        while (station.Header.Pa > station.Outdoor.Pa + gaugeMPa * 1e6)
        {
            if (station.Seconds > LongestSeconds) throw new InvalidOperationException("the pressure does not fall");
            station.Step(1);
        }
    }
}
