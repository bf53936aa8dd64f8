namespace AirIsland.Cloud.Access;

/// <summary>Judges a certificate now and then, in real time, until it is disposed.</summary>
public sealed class TrustWatch : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private readonly Timer _timer;

    public TrustWatch(Func<string?> judge, TimeSpan every)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _timer = new(_ => Look(judge), null, every, every);
    }

    /// <summary>Why the certificate is not accepted any more; null while it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Fires when the certificate is not accepted any more.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Dispose()
    {
        // A look that runs meanwhile finds its source alive: it owns nothing that must be freed.
        _timer.Dispose();
    }

    private void Look(Func<string?> judge)
    {
        if (Fault is not null || judge() is not { } fault) return;
        Fault = fault;
        _lost.Cancel();
    }
}
