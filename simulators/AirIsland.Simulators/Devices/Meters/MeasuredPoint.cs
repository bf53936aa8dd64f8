using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>One sensor of a field meter: its wire, its chain, and what it saw on average in the last step.</summary>
internal sealed class MeasuredPoint(string name, MeasuringChain chain, Wire wire, ElectricRole role)
{
    public string Name => name;

    public MeasuringChain Chain => chain;

    public ElectricRole Role => role;

    /// <summary>Of the place where it is fitted.</summary>
    public Wire Own { get; } = wire;

    /// <summary>The one that it reads: its own, but for a swap.</summary>
    public Wire Source { get; set; } = wire;

    public double Mean { get; private set; }

    public void Advance(double seconds) => Mean = chain.Advance(Source.Pass(seconds), seconds);

    /// <summary>Nothing flows for that long: a flow is 0 and counts nothing, a pressure is what it is.</summary>
    public void Stand(double seconds)
    {
        if (chain.Spec.Flows) chain.Stand();
        else Mean = chain.Advance(Source.Stand(seconds), seconds);
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
