using System.Collections.Concurrent;
using System.Threading.Channels;

namespace AirIsland.Cloud.Stations;

/// <summary>
/// Hands stored batches to their stations, beside the acknowledgement. One bounded queue a station, so that a slow one delays nobody
/// else: what does not fit is left out and counted, because a station reads what it missed from the journal.
/// </summary>
public sealed partial class StationFeed(IGrainFactory grains, CloudMetrics metrics, ILogger<StationFeed> logger) : BackgroundService
{
    private const int Capacity = 256;

    /// <summary>Real time: a station that takes longer is slow or gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Channel<StationBatch>> _queues = new(StringComparer.Ordinal);
    private readonly Channel<string> _new = Channel.CreateUnbounded<string>(new() { SingleReader = true });

    /// <summary>Never waits.</summary>
    public void Offer(string station, StationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(station);
        if (!QueueOf(station).Writer.TryWrite(batch)) metrics.Missed();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            await foreach (var station in _new.Reader.ReadAllAsync(stoppingToken)) running.Add(HandOverAsync(station, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; each station's loop ends by the same token.
        }
        await Task.WhenAll(running);
    }

    private Channel<StationBatch> QueueOf(string station)
    {
        if (_queues.TryGetValue(station, out var known)) return known;
        var made = Channel.CreateBounded<StationBatch>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        var queue = _queues.GetOrAdd(station, made);
        if (ReferenceEquals(queue, made)) _new.Writer.TryWrite(station);
        return queue;
    }

    private async Task HandOverAsync(string station, CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var batch = await _queues[station].Reader.ReadAsync(stoppingToken);
                await grains.GetGrain<IStationGrain>(station).ObserveAsync(batch).AsTask().WaitAsync(Patience, stoppingToken);
                if (failing) LogRecovered(station);
                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever a station throws is its own trouble: the batch is stored, and the station reads it from the journal.
                metrics.Missed();
                if (!failing) LogMissed(e, station);
                failing = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
