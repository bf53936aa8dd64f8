namespace AirIsland.Simulators.Physics.Network;

/// <summary>Lays a pipe network out.</summary>
public sealed class NetworkBuilder
{
    private const double PaPerKgPerCm2 = 98_066.5;
    private const double PipeExponent = 1.85;
    private const double KgPerSecondPerMm2 = Math.PI / 4e6 * 6 * 9.5;

    private readonly List<Node> _nodes = [];
    private readonly List<Link> _links = [];

    /// <param name="id">Its name.</param>
    /// <param name="volumeM3">Geometric volume.</param>
    /// <param name="pa">Pressure at the start, Pa absolute.</param>
    /// <param name="kelvin">Temperature at the start.</param>
    public Node Node(string id, double volumeM3, double pa, double kelvin)
    {
        var node = new Node(id, _nodes.Count, volumeM3, pa, kelvin);
        _nodes.Add(node);
        return node;
    }

    /// <summary>
    /// A straight pipe: Δp = 7.57·10⁴·q^1.85·L/(d⁵·p), with Δp and p in kg/cm², q in m³/min FAD, L in m, d in mm (Chinese design formula;
    /// it agrees with Darcy within some percent at 6 m/s). Its volume belongs to the nodes at its ends.
    /// </summary>
    public Link Pipe(string id, Node from, Node to, double lengthM, double diameterMm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthM);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(diameterMm);
        var cubicMetresPerKg = 60 / DryAir.KgPerFadM3;
        var inKgPerCm2 = 7.57e4 * Math.Pow(cubicMetresPerKg, PipeExponent) * lengthM / Math.Pow(diameterMm, 5);
        var coefficient = inKgPerCm2 * PaPerKgPerCm2 * PaPerKgPerCm2;
        return Add(new(id, from, to, coefficient, PipeExponent, UsualKgPerSecond(diameterMm)));
    }

    /// <summary>A fitting that costs <paramref name="dropPa"/> at a rated flow and pressure (Pa absolute).</summary>
    public Link Fitting(
        string id, Node from, Node to, double dropPa, double ratedKgPerSecond, double ratedPa, bool isOneWay = false,
        double? holdsPa = null)
    {
        var coefficient = dropPa * ratedPa / (ratedKgPerSecond * ratedKgPerSecond);
        return Add(new(id, from, to, coefficient, 2, ratedKgPerSecond)
        {
            IsOneWay = isOneWay,
            HoldsPa = holdsPa,
            // Wide open when a fiftieth of the pressure is missing: the droop of a usual regulator.
            RegulatorGain = ratedKgPerSecond / (0.02 * ratedPa),
        });
    }

    public PipeNetwork Build() => new(_nodes, _links);

    /// <summary>What a pipe would carry at 6 m/s and 0.8 MPa: a scale.</summary>
    public static double UsualKgPerSecond(double diameterMm) => KgPerSecondPerMm2 * diameterMm * diameterMm;

    /// <summary>The inner diameter, mm, of a pipe that would carry that flow so.</summary>
    public static double UsualDiameterMm(double kgPerSecond) => Math.Sqrt(kgPerSecond / KgPerSecondPerMm2);

    private Link Add(Link link)
    {
        _links.Add(link);
        return link;
    }
}
