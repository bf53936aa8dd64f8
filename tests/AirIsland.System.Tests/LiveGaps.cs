using System.Collections.Concurrent;
using System.Text.Json;

namespace AirIsland.SystemTests;

/// <summary>
/// Watches what a cloud process tells of stations, and for each the longest time, in seconds, in which it told no newer instant.
/// </summary>
internal sealed class LiveGaps : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Seen> _seen = new();
    private readonly ClusterNode _node;
    private readonly Task _watching;

    public LiveGaps(ClusterNode node, IReadOnlyCollection<string> stations)
    {
        _node = node;
        _watching = Task.WhenAll(stations.Select(WatchAsync));
    }

    public IReadOnlyDictionary<string, double> Longest => _seen.ToDictionary(s => s.Key, s => Math.Round(s.Value.Longest, 2));

    /// <summary>Waits until every station told something newer than now, twice in a row with a second between.</summary>
    public async Task FreshAsync(IReadOnlyCollection<string> stations, TimeSpan patience)
    {
        for (var round = 0; round < 2; round++)
        {
            var now = TimeProvider.System.GetUtcNow();
            var from = TimeProvider.System.GetTimestamp();
            while (!stations.All(s => _seen.TryGetValue(s, out var seen) && seen.At > now))
            {
                var told = string.Join(", ", _seen.Select(s => $"{s.Key} {s.Value.At:O}"));
                if (TimeProvider.System.GetElapsedTime(from) > patience) Assert.Fail($"not all stations are live: {told}\n{_node.All}");
                await Task.Delay(50);
            }
            await Task.Delay(1000);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(string station)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (await _node.TwinAsync(station, _stop.Token) is { } twin)
            {
                using var json = JsonDocument.Parse(twin);
                if (json.RootElement.GetProperty("at") is { ValueKind: JsonValueKind.String } at) Note(station, at.GetDateTimeOffset());
            }
            await Task.Delay(100, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Note(string station, DateTimeOffset at)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (!_seen.TryGetValue(station, out var last)) _seen[station] = new(at, now, 0);
        else if (at > last.At)
            _seen[station] = new(at, now, Math.Max(last.Longest, TimeProvider.System.GetElapsedTime(last.When, now).TotalSeconds));
    }

    private sealed record Seen(DateTimeOffset At, long When, double Longest);
}
