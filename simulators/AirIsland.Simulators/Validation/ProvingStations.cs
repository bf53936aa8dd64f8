using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Physics.Treatment;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Validation;

/// <summary>The stations of the validation.</summary>
public static class ProvingStations
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));

    /// <summary>
    /// Three machines, air- and water-cooled, heat recovery, a ring of mains, two companies on a working day, holes before and behind
    /// the meters.
    /// </summary>
    public static StationSpec Park(DryerKind dryer) => new()
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
        Treatment = new() { Dryer = dryer },
        HeatRecovery = new() { CapacityKW = 300, DemandKW = 150 },
        Mains = [new() { To = "east" }, new() { From = "east", To = "west" }, new() { To = "west", LengthM = 500 }],
        Branches =
        [
            new() { Consumer = KnownConsumers.Lifode, At = "east", LengthM = 100, DiameterMm = 150 },
            new() { Consumer = KnownConsumers.Songyuan, At = "west", LengthM = 100, DiameterMm = 200, RegulatedMPa = 0.55 },
        ],
        Leaks =
        [
            new() { Id = "header-leak", Place = Station.HeaderName, DiameterMm = 4 },
            new() { Id = "main-leak", Place = "west", DiameterMm = 3 },
            new() { Id = "lifode-leak", Place = KnownConsumers.Lifode.Name, DiameterMm = 6 },
        ],
    };

    /// <summary>One machine that loads and unloads, no company, 15 m³ of receivers with a hole; its drain lets no air out.</summary>
    public static StationSpec Holed(double diameterMm) => new()
    {
        Start = Monday,
        Compressors = [CompressorCatalogue.ScrewLoadUnload],
        Treatment = new() { Drain = DrainKind.Level },
        Leaks = [new() { Id = "hole", Place = Station.HeaderName, DiameterMm = diameterMm }],
        Branches = [],
    };
}
