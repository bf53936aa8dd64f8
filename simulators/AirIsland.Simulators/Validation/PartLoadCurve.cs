using System.Collections.Immutable;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>A machine of the catalogue on the test bench, from no flow to its rated flow in equal steps.</summary>
public sealed record PartLoadCurve(CompressorSpec Machine, ImmutableArray<PartLoadPoint> Points)
{
    /// <summary>Receiver of the bench by rated flow, m³ per m³/min: about 3 gal/cfm, a usual station.</summary>
    public const double ReceiverMinutes = 0.4;

    /// <summary>Twentieths of the rated flow.</summary>
    public const int Steps = 20;

    /// <summary>Measures one machine.</summary>
    public static PartLoadCurve Of(CompressorSpec machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var receiver = ReceiverMinutes * machine.RatedFlowM3PerMin;
        return new(machine, [.. Enumerable.Range(0, Steps + 1).Select(i => PartLoadBench.Run(machine, receiver, i / (double)Steps))]);
    }
}
