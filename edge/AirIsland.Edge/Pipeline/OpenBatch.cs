using System.Reactive.Disposables;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Pipeline;

/// <summary>The batch that is being filled, and the timer that will close it. Not thread-safe.</summary>
internal sealed class OpenBatch(ScanContent content, Action<ScanBatch> closed) : IDisposable
{
    private readonly SerialDisposable _timer = new();
    private readonly Dictionary<string, long> _last = [];
    private List<Scan> _scans = [];

    public IDisposable? Timer
    {
        set => _timer.Disposable = value;
    }

    public int Points { get; private set; }

    public bool IsEmpty => _scans.Count == 0;

    public bool Accepts(Scan scan) => !_last.TryGetValue(scan.Group, out var last) || scan.Instant > last;

    public void Add(Scan scan)
    {
        _scans.Add(scan);
        _last[scan.Group] = scan.Instant;
        Points += scan.Readings.Count;
    }

    public void Close()
    {
        Timer = null;
        if (IsEmpty) return;
        var batch = new ScanBatch(content, _scans);
        (_scans, Points) = ([], 0);
        _last.Clear();
        closed(batch);
    }

    public void Dispose() => _timer.Dispose();
}
