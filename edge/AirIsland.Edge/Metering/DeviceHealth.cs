namespace AirIsland.Edge.Metering;

/// <summary>
/// How one device has been doing since it was configured. Round trips are the time from a request to its answer, real time, null before
/// the first: <see cref="RoundTrip"/> smoothed, <see cref="SlowRoundTrip"/> the slowest but one in a hundred of the last 128.
/// <see cref="Failures"/> counts tries that gave no value, <see cref="Timeouts"/> included; <see cref="Strays"/> frames that answered
/// nothing; <see cref="Skipped"/> polls left out because they would have been late; <see cref="LastAnswer"/> is real time. A device that is
/// not asked but speaks of its own accord has no requests and no round trip; its last answer is its last message.
/// </summary>
public sealed record DeviceHealth(
    string Device,
    DeviceState State,
    TimeSpan? RoundTrip,
    TimeSpan? SlowRoundTrip,
    long Requests,
    long Timeouts,
    long Failures,
    long Strays,
    long Skipped,
    DateTimeOffset? LastAnswer);
