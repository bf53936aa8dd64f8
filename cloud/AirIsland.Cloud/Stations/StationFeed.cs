using System.Threading.Channels;
using AirIsland.Storage.Telemetry;

namespace AirIsland.Cloud.Stations;

/// <summary>
/// Hands stored batches to their stations, beside the acknowledgement. Bounded: what does not fit is left out and counted, because a
/// station reads what it missed from the journal.
/// </summary>
public sealed partial class StationFeed(IGrainFactory grains, CloudMetrics metrics, ILogger<StationFeed> logger) : BackgroundService
{
    private const int Capacity = 4096;

    /// <summary>Real time: a station that takes longer is slow or gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<(string Station, StationBatch Batch)> _queue =
        Channel.CreateBounded<(string, StationBatch)>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Never waits.</summary>
    public void Offer(ReceivedBatch batch, Appended appended)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var forStation = new StationBatch(
            appended.Position, appended.Previous, batch.Catalogue.Hex, batch.Key.Lane, batch.KnownAt.ToUnixTimeMilliseconds(),
            batch.Block.Encoding, batch.Block.Payload);
        if (!_queue.Writer.TryWrite((batch.Station.Value, forStation))) metrics.Missed();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        await foreach (var (station, batch) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<IStationGrain>(station).ObserveAsync(batch).AsTask().WaitAsync(Patience, stoppingToken);
                if (failing) LogRecovered(station);
                failing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever a station throws is its own trouble: the batch is stored, and the station reads it from the journal.
                metrics.Missed();
                if (!failing) LogMissed(e, station, batch.Position);
                failing = true;
            }
        }
    }
}
