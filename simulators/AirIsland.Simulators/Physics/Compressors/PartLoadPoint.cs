namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>What one machine does at a constant demand, mean over whole cycles: shares of its rated flow and power.</summary>
/// <param name="FlowShare">Delivered.</param>
/// <param name="PowerShare">Electrical power, everything included.</param>
/// <param name="BlowOffShare">Blown off and vented.</param>
/// <param name="GaugeMPa">In the receiver.</param>
/// <param name="CycleSeconds">From load to load; 0 when it runs on steadily.</param>
public readonly record struct PartLoadPoint(
    double FlowShare, double PowerShare, double BlowOffShare, double GaugeMPa, double CycleSeconds);
