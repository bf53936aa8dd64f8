using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Physics.Network;

namespace AirIsland.Simulators.Stations;

/// <summary>One company on the network: its pipe with its meter's place and valve, its use.</summary>
public sealed class Branch
{
    private AirTake _take;
    private double _paBefore;

    internal Branch(BranchSpec spec, Consumer consumer, Node end, Link pipe) => (Spec, Consumer, End, Pipe) = (spec, consumer, end, pipe);

    public BranchSpec Spec { get; }

    public string Company => Spec.Consumer.Name;

    public Consumer Consumer { get; }

    /// <summary>Where the company takes its air; behind the regulator, if there is one.</summary>
    public Node End { get; }

    /// <summary>The meter sees what flows in here; its opening is the company's valve.</summary>
    public Link Pipe { get; }

    /// <summary>Used in the last step, kg/s.</summary>
    public double UsedKgPerSecond { get; private set; }

    public double UsedKg { get; private set; }

    /// <summary>Whether a place is behind this company's meter.</summary>
    public bool Holds(Node node) => node == End || node == Pipe.To;

    internal void Draw(double seconds)
    {
        _paBefore = End.Pa;
        Consumer.At(seconds);
        _take = Consumer.Take(_paBefore);
        PipeNetwork.Draw(End, _take.KgPerS, _take.SlopeKgPerSPa);
    }

    internal void Count(double seconds)
    {
        UsedKgPerSecond = PipeNetwork.Drawn(End, _paBefore, _take.KgPerS, _take.SlopeKgPerSPa);
        UsedKg += UsedKgPerSecond * seconds;
    }
}
