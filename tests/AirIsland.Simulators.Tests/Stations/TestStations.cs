using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Tests.Stations;

/// <summary>Stations for tests.</summary>
internal static class TestStations
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Three machines that take turns on the park's two companies.</summary>
    public static StationSpec Park(ulong seed = 1) => new()
    {
        Seed = seed,
        Start = Monday,
        Compressors =
        [
            Fixed("fixed-1", 50, 0.67, 0.75),
            Fixed("fixed-2", 50, 0.65, 0.74),
            CompressorCatalogue.ScrewVariableSpeed with
            {
                Id = "variable", RatedFlowM3PerMin = 60, LoadBelowMPa = 0.69, UnloadAboveMPa = 0.77, TargetMPa = 0.70,
            },
        ],
        WetReceiverM3 = 20,
        DryReceiverM3 = 10,
        Branches =
        [
            new() { Consumer = KnownConsumers.Lifode, LengthM = 300, DiameterMm = 150 },
            new() { Consumer = KnownConsumers.Songyuan, LengthM = 400, DiameterMm = 200 },
        ],
        Leaks =
        [
            new() { Id = "flange", Place = Station.HeaderName, DiameterMm = 4 },
            new() { Id = "hose", Place = "lifode", DiameterMm = 6 },
        ],
    };

    private static CompressorSpec Fixed(string id, double flow, double load, double unload) => CompressorCatalogue.ScrewLoadUnload with
    {
        Id = id,
        RatedFlowM3PerMin = flow,
        LoadBelowMPa = load,
        UnloadAboveMPa = unload,
    };
}
