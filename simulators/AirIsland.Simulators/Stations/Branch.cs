using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Physics.Network;

namespace AirIsland.Simulators.Stations;

/// <summary>One company on the network: its pipe, its meter's place, its use, its hole.</summary>
public sealed class Branch
{
    private AirTake _take;
    private double _paBefore;

    internal Branch(BranchSpec spec, Consumer consumer, Node end, Link pipe)
    {
        (Spec, Consumer, End, Pipe) = (spec, consumer, end, pipe);
        Leak = new($"{spec.Consumer.Name}-leak", end) { DiameterMm = spec.LeakMm };
    }

    public BranchSpec Spec { get; }

    public Consumer Consumer { get; }

    /// <summary>Where the company takes its air.</summary>
    public Node End { get; }

    /// <summary>The meter sees what flows in here.</summary>
    public Link Pipe { get; }

    public Leak Leak { get; }

    /// <summary>Used in the last step, kg/s.</summary>
    public double UsedKgPerSecond { get; private set; }

    public double UsedKg { get; private set; }

    public BranchTruth Truth => new(Spec.Consumer.Name, Pipe.PassedKg, UsedKg, Leak.Kg);

    internal void Draw(double seconds, double outsidePa)
    {
        _paBefore = End.Pa;
        Consumer.At(seconds);
        _take = Consumer.Take(_paBefore);
        PipeNetwork.Draw(End, _take.KgPerS, _take.SlopeKgPerSPa);
        Leak.Open(outsidePa);
    }

    internal void Count(double seconds)
    {
        UsedKgPerSecond = PipeNetwork.Drawn(End, _paBefore, _take.KgPerS, _take.SlopeKgPerSPa);
        UsedKg += UsedKgPerSecond * seconds;
        Leak.Count(seconds);
    }
}
