using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Validation;

/// <summary>The stations of the validation.</summary>
public static class ProvingStations
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Three machines on a working day of two companies, with holes before and behind the meters.</summary>
    public static StationSpec Park { get; } = new()
    {
        Start = Monday,
        Compressors =
        [
            CompressorCatalogue.ScrewLoadUnload with { RatedFlowM3PerMin = 50, LoadBelowMPa = 0.67, UnloadAboveMPa = 0.75 },
            CompressorCatalogue.TwoStageLoadUnload with { LoadBelowMPa = 0.65, UnloadAboveMPa = 0.74 },
            CompressorCatalogue.TwoStageVariableSpeed with { LoadBelowMPa = 0.69, UnloadAboveMPa = 0.77, TargetMPa = 0.70 },
        ],
        WetReceiverM3 = 20,
        DryReceiverM3 = 10,
        HeaderLeakMm = 4,
        Branches =
        [
            new() { Consumer = KnownConsumers.Lifode, LengthM = 300, DiameterMm = 150, LeakMm = 6 },
            new() { Consumer = KnownConsumers.Songyuan, LengthM = 400, DiameterMm = 200 },
        ],
    };

    /// <summary>One machine that loads and unloads, no company, a hole in the header: 15 m³ of receivers.</summary>
    public static StationSpec Holed(double diameterMm) => new()
    {
        Start = Monday,
        Compressors = [CompressorCatalogue.ScrewLoadUnload],
        HeaderLeakMm = diameterMm,
        Branches = [],
    };
}
