using System.Reactive.Disposables;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Pipeline;

/// <summary>The batch that is being filled, and the timer that will close it. Not thread-safe.</summary>
/// <remarks>It spans an hour at most: what comes from a wrong clock travels alone and stretches no batch over years.</remarks>
internal sealed class OpenBatch(ScanContent content, Action<ScanBatch> closed) : IDisposable
{
    private const long LongestSpan = 3_600_000;

    private readonly SerialDisposable _timer = new();
    private readonly Dictionary<string, long> _last = [];
    private List<Scan> _scans = [];
    private long _from, _to;

    public IDisposable? Timer
    {
        set => _timer.Disposable = value;
    }

    public int Points { get; private set; }

    public bool IsEmpty => _scans.Count == 0;

    /// <summary>Whether the scan keeps its group's time ascending and the batch within its span.</summary>
    public bool Accepts(Scan scan) => IsEmpty || (IsLaterInItsGroup(scan) && IsWithinSpan(scan.Instant));

    public void Add(Scan scan)
    {
        (_from, _to) = IsEmpty ? (scan.Instant, scan.Instant) : (Math.Min(_from, scan.Instant), Math.Max(_to, scan.Instant));
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

    private bool IsLaterInItsGroup(Scan scan) => !_last.TryGetValue(scan.Group, out var last) || scan.Instant > last;

    // In 128 bits: the difference of two instants may not fit in 64.
    private bool IsWithinSpan(long instant) => (Int128)Math.Max(_to, instant) - Math.Min(_from, instant) <= LongestSpan;
}
