namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// How a <see cref="DltClient"/> treats its line. All times are real time, also where the process runs on a scaled clock.
/// </summary>
public sealed record DltClientOptions
{
    /// <summary>
    /// From sending a request to the last byte of its answer. The standard gives a meter 500 ms to begin; at 1200 baud the longest frame
    /// takes two seconds more.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Rest between opening a line and the first request, for gateways that are not ready at once.</summary>
    public TimeSpan DelayAfterConnect { get; init; }

    /// <summary>How long an unused line stays open, for gateways with one session to give. Null: for ever.</summary>
    public TimeSpan? CloseAfter { get; init; }

    /// <summary>Rest between an answer and the next request. The standard asks for 20 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Longest pause between two bytes of a frame: 500 ms by the standard. What is incomplete then will stay so.</summary>
    public TimeSpan ByteGap { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a line is listened to, after a request that was not answered, until it counts as silent.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a search waits for answers to each of its masks.</summary>
    public TimeSpan SearchWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes FE ahead of each request, which wake the meter. 0 to 16.</summary>
    public int Preamble { get; init; } = 4;

    /// <summary>
    /// Unanswered requests in a row, of any meter, after which the line is closed and opened again: a connection may be half open. A wire
    /// cannot be, and a gateway that dialled in would have to dial again.
    /// </summary>
    public int TimeoutsToReopen { get; init; } = 3;

    /// <summary>Most frames that one answer may consist of; 255 is the most that can be numbered.</summary>
    public int MaxFrames { get; init; } = 32;
}
