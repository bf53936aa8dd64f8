namespace AirIsland.Edge.Metering;

/// <summary>What the edge has done since it started, and how its outbox stands. Read at any time from any thread.</summary>
public sealed class EdgeStatus
{
    private long _scans, _bad, _late, _failures, _redelivered, _dropped, _rejected, _acknowledged, _reconnects;
    private long _refusals, _readFailures;
    private int _generation;
    private string _settings = "";
    private OutboxStanding _outbox = OutboxStanding.Empty;
    private volatile bool _isStalled;
    private volatile bool _isClockBelieved = true;
    private long _clockSteps;

    /// <summary>Scans that drivers handed out.</summary>
    public long Scans => Volatile.Read(ref _scans);

    /// <summary>Bad readings among them.</summary>
    public long Bad => Volatile.Read(ref _bad);

    /// <summary>Polls left out because the one before was still running.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Tries that failed: no connection, no answer, an exception code, a message that could not be read.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Messages that came again and were known.</summary>
    public long Redelivered => Volatile.Read(ref _redelivered);

    /// <summary>Samples given up: by a limit of the outbox, or because their catalogue is lost.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Batches the cloud could not decode.</summary>
    public long Rejected => Volatile.Read(ref _rejected);

    /// <summary>Acknowledgements of stored batches.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Times the disk did not give what the outbox keeps.</summary>
    public long ReadFailures => Volatile.Read(ref _readFailures);

    /// <summary>Times the link to the cloud was lost.</summary>
    public long Reconnects => Volatile.Read(ref _reconnects);

    /// <summary>Whether what the edge's own clock shows can be true.</summary>
    public bool IsClockBelieved
    {
        get => _isClockBelieved;
        set => _isClockBelieved = value;
    }

    /// <summary>Times the edge's own clock was set while it ran.</summary>
    public long ClockSteps => Volatile.Read(ref _clockSteps);

    /// <summary>The outbox is not drained although the link is up.</summary>
    public bool IsStalled
    {
        get => _isStalled;
        set => _isStalled = value;
    }

    /// <summary>Which settings are in force: their number, 1 and up; 0 before the first are kept.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>First digits of the SHA-256 of the settings in force and the device profiles.</summary>
    public string Settings => Volatile.Read(ref _settings);

    /// <summary>Changed settings that were refused.</summary>
    public long Refusals => Volatile.Read(ref _refusals);

    /// <summary>How the outbox stands after its last commit.</summary>
    public OutboxStanding Outbox
    {
        get => Volatile.Read(ref _outbox);
        set => Volatile.Write(ref _outbox, value);
    }

    public void Scanned(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        Interlocked.Increment(ref _scans);
        var bad = scan.Readings.Count(r => r.Count is null);
        if (bad > 0) Interlocked.Add(ref _bad, bad);
    }

    public void Skipped(long polls) => Interlocked.Add(ref _late, polls);

    public void ClockStepped() => Interlocked.Increment(ref _clockSteps);

    public void Failed() => Interlocked.Increment(ref _failures);

    public void CameAgain() => Interlocked.Increment(ref _redelivered);

    public void GaveUp(long samples) => Interlocked.Add(ref _dropped, samples);

    public void ReadFailed() => Interlocked.Increment(ref _readFailures);

    public void WasRejected() => Interlocked.Increment(ref _rejected);

    public void WasAcknowledged() => Interlocked.Increment(ref _acknowledged);

    public void Reloaded(int generation, string hash)
    {
        Volatile.Write(ref _generation, generation);
        Volatile.Write(ref _settings, hash);
    }

    public void ReloadRefused() => Interlocked.Increment(ref _refusals);

    public void Reconnected() => Interlocked.Increment(ref _reconnects);
}
