using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Tests.Physics.Compressors;

/// <summary>Machines held at a pressure or working on a receiver.</summary>
internal static class TestBench
{
    public static readonly CompressorCommand Full = CompressorCommand.Auto with { CapacityShare = 1 };

    public static TheoryData<string> Ids => [.. CompressorCatalogue.All.Select(s => s.Id)];

    public static CompressorSpec Spec(string id) => CompressorCatalogue.All.Single(s => s.Id == id);

    /// <summary>Held at a pressure and a wanted share until warm.</summary>
    public static Compressor Warm(
        CompressorSpec spec, double gaugeMPa = 0.7, Surroundings? around = null, double share = 1, CompressorCondition condition = default)
    {
        var machine = new Compressor(spec) { Condition = condition };
        Hold(machine, 7200, gaugeMPa, CompressorCommand.Auto with { CapacityShare = share }, around);
        return machine;
    }

    public static void Hold(
        Compressor machine, double duration, double gaugeMPa, CompressorCommand command, Surroundings? around = null, double seconds = 1)
    {
        var air = around ?? Surroundings.Rated;
        for (var t = 0.0; t < duration - 1e-9; t += seconds) machine.Step(seconds, air, air.Pa + gaugeMPa * 1e6, command);
    }

    /// <summary>m³/min FAD.</summary>
    public static double Flow(Compressor machine) => machine.FlowKgPerSecond / Surroundings.FadDensity * 60;

    /// <summary>kW/(m³/min).</summary>
    public static double SpecificPower(Compressor machine) => machine.PowerW / 1e3 / Flow(machine);

    public static int Stages(CompressorType type) => type switch
    {
        CompressorType.OilInjectedScrew or CompressorType.ReciprocatingOneStage => 1,
        CompressorType.Centrifugal => 3,
        _ => 2,
    };

    /// <summary>The least power for the air that the machine delivers, W.</summary>
    public static double LeastWatts(Compressor machine, in Surroundings around, double gaugeMPa) =>
        IdealWork.Watts(
            machine.FlowKgPerSecond / around.DryDensity, around.Pa, around.Pa + gaugeMPa * 1e6, Stages(machine.Spec.Type));
}
