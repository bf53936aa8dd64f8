using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>One sensor of a field meter: its wire, its chain, and what it saw on average in the last step.</summary>
internal sealed class MeasuredPoint(string name, MeasuringChain chain, TrueRate source, ElectricRole role)
{
    public string Name => name;

    public MeasuringChain Chain => chain;

    public ElectricRole Role => role;

    public TrueRate Source { get; set; } = source;

    public double Mean { get; private set; }

    /// <summary>What there was in the last step.</summary>
    public double True { get; private set; }

    public void Advance(double seconds)
    {
        True = Source(seconds);
        Mean = chain.Advance(True, seconds);
    }

    /// <summary>Nothing flows for that long: a flow is 0 and counts nothing, a pressure is what it is.</summary>
    public void Stand(double seconds)
    {
        if (chain.Spec.Flows) chain.Stand();
        else Mean = chain.Advance(Source(seconds), seconds);
    }

    /// <summary>What the wiring faults make of one in this place.</summary>
    public double FactorOf(MeterFault fault) => fault switch
    {
        MeterFault.Tampered tampered when tampered.Point == name || (tampered.Point is null && chain.Spec.Flows) => 1 + tampered.Gain,
        MeterFault.TransformerRatioWrong wrong when role >= ElectricRole.CurrentA => wrong.Factor,
        MeterFault.PhaseMissing missing when role == Voltage(missing.Phase) || role == Current(missing.Phase) => 0,
        _ => 1,
    };

    private static ElectricRole Voltage(Phase phase) => ElectricRole.VoltageA + (int)phase;

    private static ElectricRole Current(Phase phase) => ElectricRole.CurrentA + (int)phase;
}
