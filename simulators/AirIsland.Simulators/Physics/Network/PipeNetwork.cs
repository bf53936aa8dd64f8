using System.Collections.Immutable;

namespace AirIsland.Simulators.Physics.Network;

/// <summary>
/// Nodes that hold air and links that carry it, of any shape, loops included. A step is implicit: the pressures at its end decide what
/// flows in it, so long steps through small volumes stay stable. Mass is moved by the flows themselves and is conserved exactly,
/// whatever the solution's error. No allocation in a step. Not thread-safe.
/// </summary>
public sealed class PipeNetwork
{
    private readonly Node[] _nodes;
    private readonly Link[] _links;
    private readonly double[] _flows;
    private readonly SymmetricSolver _solver;

    internal PipeNetwork(IEnumerable<Node> nodes, IEnumerable<Link> links)
    {
        _nodes = [.. nodes];
        _links = [.. links];
        _flows = new double[_links.Length];
        _solver = new(_nodes.Length, _links.Select(l => (l.From.Index, l.To.Index)));
        foreach (var link in _links) link.Slot = _solver.Slot(link.From.Index, link.To.Index);
        Nodes = [.. _nodes];
        Links = [.. _links];
    }

    public ImmutableArray<Node> Nodes { get; }

    public ImmutableArray<Link> Links { get; }

    /// <summary>Dry air in all nodes, kg.</summary>
    public double Kg
    {
        get
        {
            var kg = 0.0;
            foreach (var node in _nodes) kg += node.Kg;
            return kg;
        }
    }

    /// <summary>What comes into a node during the next step, kg/s, whatever its pressure. Adds to what was said before.</summary>
    public static void Inject(Node node, double kgPerSecond)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Injected += kgPerSecond;
    }

    /// <summary>
    /// What leaves a node during the next step: <paramref name="kgPerSecond"/> at its pressure now, and
    /// <paramref name="kgPerSecondPerPa"/> more for each Pa above it. What really left is told by <see cref="Drawn"/> after the step.
    /// </summary>
    public static void Draw(Node node, double kgPerSecond, double kgPerSecondPerPa)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Injected -= kgPerSecond;
        node.InjectedSlope -= kgPerSecondPerPa;
    }

    /// <summary>What a draw of the last step really was, kg/s, given the pressure before that step.</summary>
    public static double Drawn(Node node, double paBefore, double kgPerSecond, double kgPerSecondPerPa)
    {
        ArgumentNullException.ThrowIfNull(node);
        return kgPerSecond + kgPerSecondPerPa * (node.SolvedPa - paBefore);
    }

    /// <summary>Lets time pass.</summary>
    public void Step(double seconds)
    {
        Assemble(seconds);
        _solver.Solve();
        Move(seconds);
    }

    private void Assemble(double seconds)
    {
        var (diagonal, right, off) = (_solver.Diagonal, _solver.Right, _solver.OffDiagonal);
        Array.Clear(off);
        foreach (var node in _nodes)
        {
            diagonal[node.Index] = node.VolumeM3 / (DryAir.R * node.Kelvin * seconds) - node.InjectedSlope;
            right[node.Index] = node.Injected;
        }
        for (var i = 0; i < _links.Length; i++)
        {
            var link = _links[i];
            var flow = link.Linearise();
            _flows[i] = flow;
            var (from, to, g) = (link.From.Index, link.To.Index, link.Conductance);
            right[from] -= flow;
            right[to] += flow;
            diagonal[to] += g;
            if (link.IsThrottling) continue;
            diagonal[from] += g;
            off[link.Slot] -= g;
        }
    }

    private void Move(double seconds)
    {
        var change = _solver.Right;
        foreach (var node in _nodes)
        {
            node.SolvedPa = node.Pa + change[node.Index];
            node.Kg += (node.Injected + node.InjectedSlope * change[node.Index]) * seconds;
            (node.Injected, node.InjectedSlope) = (0, 0);
        }
        for (var i = 0; i < _links.Length; i++)
        {
            var link = _links[i];
            var drop = (link.IsThrottling ? 0 : change[link.From.Index]) - change[link.To.Index];
            link.Pass(_flows[i] + link.Conductance * drop, seconds);
            link.From.Kg -= link.KgPerSecond * seconds;
            link.To.Kg += link.KgPerSecond * seconds;
        }
        foreach (var node in _nodes) node.Refresh();
    }
}
