namespace AirIsland.Simulators.Physics;

/// <summary>
/// The pipe from the header to one company, its meter at the header's end, its consumers and its leak at the far end. What the meter
/// sees is consumed plus leaked. Volumes in m³ Normal, flows in m³/min Normal.
/// </summary>
public sealed class Branch(string company, Demand demand, double lengthM, double diameterMm)
{
    /// <summary>Below this pressure the machines of the company starve and use less, MPa(g).</summary>
    private const double StarvingMPa = 0.3;

    public string Company => company;

    /// <summary>Diameter of the hole at the far end, mm; 0 = none.</summary>
    public double LeakDiameterMm { get; init; }

    public bool LeakOpen { get; set; }

    public double ConsumedFlow { get; private set; }

    public double LeakFlow { get; private set; }

    public double MeteredFlow => ConsumedFlow + LeakFlow;

    public double EndGaugeMPa { get; private set; }

    public double ConsumedNormalM3 { get; private set; }

    public double LeakedNormalM3 { get; private set; }

    public double MeteredNormalM3 => ConsumedNormalM3 + LeakedNormalM3;

    /// <summary>Takes air for a step and returns how much left the header, m³ Normal.</summary>
    public double Step(DateTimeOffset instant, double seconds, double headerGaugeMPa)
    {
        // The flow of the step before sets the drop: a pipe of some hundred metres is slower than a step.
        EndGaugeMPa = Math.Max(0, headerGaugeMPa - DropMPa(MeteredFlow / Air.NormalPerFad, headerGaugeMPa));
        ConsumedFlow = demand.At(instant) * Air.NormalPerStandard20 * Math.Min(1, EndGaugeMPa / StarvingMPa);
        LeakFlow = LeakOpen ? Orifice.FlowM3PerMin(LeakDiameterMm, EndGaugeMPa) * Air.NormalPerFad : 0;

        var consumed = ConsumedFlow * seconds / 60;
        var leaked = LeakFlow * seconds / 60;
        ConsumedNormalM3 += consumed;
        LeakedNormalM3 += leaked;
        return consumed + leaked;
    }

    /// <summary>Δp = 7.57·10⁴·q^1.85·L/(d⁵·p) with kg/cm², m³/min FAD, m, mm: the usual Chinese design formula.</summary>
    private double DropMPa(double fadM3PerMin, double gaugeMPa)
    {
        const double MPaPerKgPerCm2 = 0.0980665;
        var absolute = (gaugeMPa + Air.AtmosphereMPa) / MPaPerKgPerCm2;
        return 7.57e4 * Math.Pow(fadM3PerMin, 1.85) * lengthM / (Math.Pow(diameterMm, 5) * absolute) * MPaPerKgPerCm2;
    }
}
