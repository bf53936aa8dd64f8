namespace AirIsland.Simulators.Physics.Network;

/// <summary>
/// A hole from a node into the open: an orifice of sharp edge, choked or not. Choked: q = C_d·A·p₀·√(k/(R·T))·(2/(k+1))^((k+1)/(2(k−1)));
/// below the critical pressure by Saint-Venant and Wantzel.
/// </summary>
public sealed class Leak(string id, Node node)
{
    /// <summary>Discharge coefficient of a sharp edge.</summary>
    public const double SharpEdge = 0.65;

    private const double K = DryAir.Exponent;

    private static readonly double Critical = Math.Pow(2 / (K + 1), K / (K - 1));
    private static readonly double Choked = Math.Sqrt(K / DryAir.R) * Math.Pow(2 / (K + 1), (K + 1) / (2 * (K - 1)));
    private static readonly double AtCritical = Speed(Critical);

    private double _paBefore, _drawn, _slope;

    public string Id => id;

    public Node Node => node;

    /// <summary>Diameter of the hole, mm; 0: none.</summary>
    public double DiameterMm { get; set; }

    public double KgPerSecond { get; private set; }

    /// <summary>Lost since the start, kg.</summary>
    public double Kg { get; private set; }

    /// <summary>kg/s of dry air through a hole.</summary>
    public static double FlowKgPerSecond(double diameterMm, double insidePa, double outsidePa, double kelvin)
    {
        if (insidePa <= outsidePa) return 0;
        var choked = SharpEdge * Math.PI / 4e6 * diameterMm * diameterMm * insidePa * Choked / Math.Sqrt(kelvin);
        var ratio = outsidePa / insidePa;
        return ratio <= Critical ? choked : choked * Speed(ratio) / AtCritical;
    }

    /// <summary>Before the network's step.</summary>
    public void Open(double outsidePa)
    {
        (_paBefore, _drawn, _slope) = (node.Pa, 0, 0);
        if (DiameterMm <= 0) return;
        _drawn = FlowKgPerSecond(DiameterMm, node.Pa, outsidePa, node.Kelvin);
        // Choked, the flow is in proportion to the pressure; below, a little steeper: this slope is stable there too.
        _slope = _drawn / node.Pa;
        PipeNetwork.Draw(node, _drawn, _slope);
    }

    /// <summary>After it.</summary>
    public void Count(double seconds)
    {
        KgPerSecond = _drawn > 0 ? PipeNetwork.Drawn(node, _paBefore, _drawn, _slope) : 0;
        Kg += KgPerSecond * seconds;
    }

    private static double Speed(double ratio) => Math.Sqrt(Math.Pow(ratio, 2 / K) - Math.Pow(ratio, (K + 1) / K));
}
