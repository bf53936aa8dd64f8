namespace AirIsland.Simulators.Physics;

/// <summary>
/// The data sheet of an oil-injected screw compressor and where it stands in the cascade. Flows in m³/min FAD, pressures in MPa(g),
/// rated at 0.7 MPa.
/// </summary>
public sealed record CompressorRating
{
    /// <summary>The pressure at which flow and power are rated, MPa(g).</summary>
    public const double PressureMPa = 0.7;

    /// <summary>1.1 % of the flow per bar is lost back through the screw. Source: AIRMaster+ (0.075 % per psi).</summary>
    private const double SlipPerMPa = 0.1088;

    private const double BestShare = 0.68;

    public required string Id { get; init; }

    public required double FlowM3PerMin { get; init; }

    /// <summary>kW per m³/min FAD at the best speed and 0.7 MPa, whole package. Between grades 1 and 2 of GB 19153-2019.</summary>
    public required double SpecificPower { get; init; }

    /// <summary>Starts or loads below this pressure.</summary>
    public required double LoadBelowMPa { get; init; }

    /// <summary>Unloads above this pressure.</summary>
    public required double UnloadAboveMPa { get; init; }

    /// <summary>Lowest speed as a share of the highest; 1 = fixed speed.</summary>
    public double LowestShare { get; init; } = 1;

    /// <summary>What a variable speed holds, MPa(g).</summary>
    public double TargetMPa { get; init; } = 0.70;

    /// <summary>How long it idles unloaded before it stops.</summary>
    public double IdleSeconds { get; init; } = 600;

    public bool IsVariable => LowestShare < 1;

    /// <summary>Power at full speed, rated pressure and rated air, kW.</summary>
    public double FullLoadKilowatts => Kilowatts(1, PressureMPa, InletAir.Rated);

    /// <summary>Delivered flow at a speed share, m³/min FAD.</summary>
    public double Flow(double share, double gaugeMPa, InletAir inlet) =>
        FlowM3PerMin * share * inlet.FadPerInletVolume * (1 - SlipPerMPa * (gaugeMPa - PressureMPa));

    /// <summary>Electrical power while it delivers, kW: work follows the isentropic head and the density of the inlet.</summary>
    public double Kilowatts(double share, double gaugeMPa, InletAir inlet) =>
        FlowM3PerMin * share * SpecificPowerAt(share) * (inlet.PressureMPa / 0.1)
        * Air.IsentropicHead(gaugeMPa, inlet.PressureMPa) / Air.IsentropicHead(PressureMPa, 0.1);

    /// <summary>U-shaped for a variable speed, best at 68 %: drive and leakage losses weigh more when slow, friction when fast.</summary>
    private double SpecificPowerAt(double share)
    {
        if (!IsVariable) return SpecificPower;
        var away = share - BestShare;
        return SpecificPower * (1 + (away < 0 ? 0.7 : 0.3) * away * away);
    }
}
