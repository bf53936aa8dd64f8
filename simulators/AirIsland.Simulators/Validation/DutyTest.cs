using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Validation;

/// <summary>
/// Load/unload test: no company takes air, one machine keeps the pressure; its loaded time over all time is the leak over its flow.
/// Flows in m³/min FAD.
/// </summary>
/// <param name="LoadedShare">Loaded time over all time.</param>
/// <param name="FoundM3PerMin">That share of what the machine breathes, at the state of ratings.</param>
/// <param name="TrueM3PerMin">What went out of the hole.</param>
public sealed record DutyTest(double LoadedShare, double FoundM3PerMin, double TrueM3PerMin)
{
    private const double SettleSeconds = 3600;
    private const double MeasureSeconds = 4 * 3600;

    /// <summary>Measures from one loading to another.</summary>
    public static DutyTest Run(StationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var station = new Station(spec);
        var machine = station.Compressors[0];
        Until(SettleSeconds);
        var (begin, loaded, lost) = (station.Seconds, machine.Totals.LoadedSeconds, Lost(station));
        Until(begin + MeasureSeconds);
        var seconds = station.Seconds - begin;
        var share = (machine.Totals.LoadedSeconds - loaded) / seconds;
        // What is breathed in the room is not the air of ratings.
        var room = new Surroundings(
            station.Outdoor.Pa, station.Outdoor.Kelvin + spec.RoomRiseKelvin, station.Outdoor.RelativeHumidity);
        var breathed = machine.Spec.RatedFlowM3PerMin * room.DryDensity / Surroundings.FadDensity;
        return new(share, share * breathed, (Lost(station) - lost) / Surroundings.FadDensity / seconds * 60);

        void Until(double time)
        {
            while (station.Seconds < time) station.Step(1);
            for (var loads = machine.Loads; machine.Loads == loads && station.Seconds < time + MeasureSeconds;) station.Step(1);
        }
    }

    private static double Lost(Station station) => station.Truth.LeakedKg;
}
