using System.Collections.Concurrent;

namespace AirIsland.Cloud.Ingest;

/// <summary>The newest stream of an edge fences the older ones, so that one edge is never heard twice at once.</summary>
public sealed class EdgeFence
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _newest = new(StringComparer.Ordinal);

    /// <summary>Makes the caller the newest stream; the token fires when a newer one comes.</summary>
    public CancellationToken Enter(string edge)
    {
        var mine = new CancellationTokenSource();
        var older = (CancellationTokenSource?)null;
        _newest.AddOrUpdate(edge, mine, (_, held) =>
        {
            older = held;
            return mine;
        });
        older?.Cancel();
        return mine.Token;
    }

    /// <summary>Forgets an edge whose newest stream ended.</summary>
    public void Leave(string edge, CancellationToken token)
    {
        if (_newest.TryGetValue(edge, out var held) && held.Token == token) _newest.TryRemove(new(edge, held));
    }
}
