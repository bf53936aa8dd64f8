namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>
/// What a harness or a scenario may ask of a meter: anything wrong, but nothing that the arithmetic of the plant could not bear.
/// </summary>
internal static class FaultLimits
{
    private const double SecondsPerDay = 86_400;
    private const double LargestClockError = 10 * 365 * SecondsPerDay;
    private const double LargestReading = 1e9;
    private const decimal LargestRegister = 1_000_000_000_000;
    private const double LargestGain = 10;
    private const double LargestFactor = 1_000;
    private const int MostCopies = 100;
    private const int LongestText = 64;

    /// <summary>What is wrong with a fault; null when nothing is.</summary>
    public static string? MistakeOf(MeterFault fault) => fault switch
    {
        MeterFault.Stuck { Value: { } value } => Within(value, -LargestReading, LargestReading, "value"),
        MeterFault.RegisterJump jump => Within((double)jump.By, -(double)LargestRegister, (double)LargestRegister, "by"),
        MeterFault.Exchanged exchanged => Text(exchanged.Serial, "serial")
            ?? Within((double)exchanged.Register, 0, (double)LargestRegister, "register")
            ?? Within(exchanged.Gain ?? 0, -1, LargestGain, "gain"),
        MeterFault.Swapped swapped => Text(swapped.With, "with"),
        MeterFault.Tampered tampered => Within(tampered.Gain, -1, LargestGain, "gain"),
        MeterFault.ClockWrong clock => Within(clock.OffsetSeconds, -LargestClockError, LargestClockError, "offsetSeconds")
            ?? Within(clock.DriftSecondsPerDay, -SecondsPerDay, SecondsPerDay, "driftSecondsPerDay"),
        MeterFault.Duplicating duplicating => Within(duplicating.Times, 2, MostCopies, "times"),
        MeterFault.Late late => Within(late.Seconds, 0, SecondsPerDay, "seconds"),
        MeterFault.TransformerRatioWrong ratio => Within(ratio.Factor, 0, LargestFactor, "factor"),
        MeterFault.PhaseMissing missing when !Enum.IsDefined(missing.Phase) => "phase is A, B or C",
        MeterFault.NoiseBurst burst => Within(burst.ShareOfFullScale, 0, LargestGain, "shareOfFullScale"),
        _ => null,
    };

    private static string? Within(double value, double lowest, double highest, string name) =>
        value >= lowest && value <= highest ? null : $"{name} is from {lowest:0} to {highest:0}";

    private static string? Text(string text, string name) =>
        text.Length is >= 1 and <= LongestText ? null : $"{name} has 1 to {LongestText} characters";
}
