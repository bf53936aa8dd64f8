namespace AirIsland.Edge.Uplink;

/// <summary>
/// How far a lane is sent and acknowledged, and the time its oldest unacknowledged batch has: it starts when the batch is taken or when
/// the one before it was answered, in real time. A stream alone is never trusted: half-open ones look alive for a quarter of an hour.
/// Not thread-safe.
/// </summary>
internal sealed class LaneCursor(long acknowledged, TimeSpan within) : IDisposable
{
    private readonly CancellationTokenSource _late = new();

    public long Acknowledged { get; private set; } = acknowledged;

    public long Next { get; private set; } = acknowledged + 1;

    /// <summary>The highest number that was ever taken.</summary>
    public long Taken { get; private set; } = acknowledged;

    public long Outstanding => Next - 1 - Acknowledged;

    /// <summary>Fires when an answer did not come in time.</summary>
    public CancellationToken Late => _late.Token;

    public long Take()
    {
        if (Outstanding == 0) _late.CancelAfter(within);
        Taken = Math.Max(Taken, Next);
        return Next++;
    }

    public void Acknowledge(long sequence)
    {
        if (sequence <= Acknowledged) return;
        Acknowledged = sequence;
        Next = Math.Max(Next, sequence + 1);
        Answered();
    }

    public void Rewind(long sequence)
    {
        Next = Math.Clamp(sequence, Acknowledged + 1, Next);
        Answered();
    }

    public void Dispose() => _late.Dispose();

    private void Answered() => _late.CancelAfter(Outstanding > 0 ? within : Timeout.InfiniteTimeSpan);
}
