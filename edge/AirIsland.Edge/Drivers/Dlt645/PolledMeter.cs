using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>A meter while its scan groups are polled.</summary>
internal sealed class PolledMeter(Meter meter) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loops = Task.CompletedTask;

    public Meter Meter => meter;

    public void Begin(IEnumerable<ItemPoller> groups, ScanQueue scans, CancellationToken abandoned) =>
        _loops = SurfaceAsync([.. groups.Select(g => g.RunAsync(scans, _stop.Token, abandoned))], scans);

    /// <summary>Completes when what is in flight has been handed out.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _loops;
    }

    public void Dispose() => _stop.Dispose();

    // A fault that is not the outside world's ends the stream: in a task that nobody awaits it would never be heard of.
    private static async Task SurfaceAsync(Task[] loops, ScanQueue scans)
    {
        await foreach (var loop in Task.WhenEach(loops))
        {
            if (loop.Exception is { } fault) scans.Complete(fault.InnerException);
        }
    }
}
