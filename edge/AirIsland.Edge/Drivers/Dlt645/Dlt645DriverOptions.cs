namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>Limits of the DL/T 645 driver. Times of a line stand at its endpoint; what is not given there is taken from here.</summary>
public sealed record Dlt645DriverOptions
{
    /// <summary>How long a meter may take to answer, last byte included; real time, 10 ms to 1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a line may take to open; real time, 10 ms to 1 min.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence between an answer and the next request; real time, 0 to 1 s. The standard asks for 20 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Bytes FE ahead of each request, which wake a sleeping receiver; 0 to 16.</summary>
    public int Preamble { get; init; } = 4;

    /// <summary>A scan that ends this soon after its slot carries the slot's instant; site time, 0 to 10 s.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Rest after a first failure; real time, 10 ms to 1 h.</summary>
    public TimeSpan ShortestRest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest rest between two tries; real time, at least <see cref="ShortestRest"/>, at most 1 h.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (!IsWithin(Timeout)) yield return $"{section}:{nameof(Timeout)} {Timeout} is not between 10 ms and 1 min";
        if (!IsWithin(ConnectTimeout)) yield return $"{section}:{nameof(ConnectTimeout)} {ConnectTimeout} is not between 10 ms and 1 min";
        if (Pause < TimeSpan.Zero || Pause > TimeSpan.FromSeconds(1))
            yield return $"{section}:{nameof(Pause)} {Pause} is not between 0 and 1 s";
        if (Preamble is < 0 or > 16) yield return $"{section}:{nameof(Preamble)} {Preamble} is not between 0 and 16";
        if (Tolerance < TimeSpan.Zero || Tolerance > TimeSpan.FromSeconds(10))
            yield return $"{section}:{nameof(Tolerance)} {Tolerance} is not between 0 and 10 s";
        if (ShortestRest < TimeSpan.FromMilliseconds(10) || ShortestRest > TimeSpan.FromHours(1))
            yield return $"{section}:{nameof(ShortestRest)} {ShortestRest} is not between 10 ms and 1 h";
        if (LongestRest < ShortestRest || LongestRest > TimeSpan.FromHours(1))
            yield return $"{section}:{nameof(LongestRest)} {LongestRest} is not between {nameof(ShortestRest)} and 1 h";
    }

    private static bool IsWithin(TimeSpan timeout) => timeout >= TimeSpan.FromMilliseconds(10) && timeout <= TimeSpan.FromMinutes(1);
}
