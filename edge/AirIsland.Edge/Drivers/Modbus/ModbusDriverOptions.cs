namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>Limits of the Modbus driver.</summary>
public sealed record ModbusDriverOptions
{
    /// <summary>How long a device may take to answer; real time, 10 ms to 1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may take to open; real time, 10 ms to 1 min.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence between two requests to one endpoint; real time, 0 to 1 s. Some gateways need 25 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.Zero;

    /// <summary>A reply this soon after its slot carries the slot's instant; site time, 0 to 1 s.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Rest of a unit, a block or a line that failed, the first time; real time, 10 ms to 1 h.</summary>
    public TimeSpan ShortestRest { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest rest between two tries; real time, at least <see cref="ShortestRest"/>, at most 1 h.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Longest rest between two tries of a value that the device refuses; real time, 1 s to 7 days. The first is 10 s at most.
    /// </summary>
    public TimeSpan QuarantineRest { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (!IsWithin(Timeout)) yield return $"{section}:{nameof(Timeout)} {Timeout} is not between 10 ms and 1 min";
        if (!IsWithin(ConnectTimeout)) yield return $"{section}:{nameof(ConnectTimeout)} {ConnectTimeout} is not between 10 ms and 1 min";
        if (!IsShort(Pause)) yield return $"{section}:{nameof(Pause)} {Pause} is not between 0 and 1 s";
        if (!IsShort(Tolerance)) yield return $"{section}:{nameof(Tolerance)} {Tolerance} is not between 0 and 1 s";
        if (ShortestRest < TimeSpan.FromMilliseconds(10) || ShortestRest > TimeSpan.FromHours(1))
            yield return $"{section}:{nameof(ShortestRest)} {ShortestRest} is not between 10 ms and 1 h";
        if (LongestRest < ShortestRest || LongestRest > TimeSpan.FromHours(1))
            yield return $"{section}:{nameof(LongestRest)} {LongestRest} is not between {nameof(ShortestRest)} and 1 h";
        if (QuarantineRest < TimeSpan.FromSeconds(1) || QuarantineRest > TimeSpan.FromDays(7))
            yield return $"{section}:{nameof(QuarantineRest)} {QuarantineRest} is not between 1 s and 7 days";
    }

    private static bool IsWithin(TimeSpan timeout) => timeout >= TimeSpan.FromMilliseconds(10) && timeout <= TimeSpan.FromMinutes(1);

    private static bool IsShort(TimeSpan value) => value >= TimeSpan.Zero && value <= TimeSpan.FromSeconds(1);
}
