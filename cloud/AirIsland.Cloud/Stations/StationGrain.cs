using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger;
using AirIsland.Storage.Telemetry;
using NodaTime;
using Orleans.Placement;

namespace AirIsland.Cloud.Stations;

/// <summary>
/// Follows the journal of one station and folds it into the twin. It holds nothing that the journal does not: a new activation folds the
/// journal's tail, and a batch that does not follow the last one applied makes it read what it missed.
/// </summary>
[HashBasedPlacement]
public sealed partial class StationGrain(ITelemetryStore store, StationLedger ledger, ILogger<StationGrain> logger) : Grain, IStationGrain
{
    /// <summary>Batches folded at activation: at one live batch a second more than an hour, so that minute registers are in it.</summary>
    private const int Tail = 5000;

    private StationTwin _twin = new(new TwinDerivation(new Station(default, "", "", "")));
    private StationId _station;
    private long _applied;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _station = new(this.GetPrimaryKeyString());
        var stations = await ledger.StationsAsync(cancellationToken);
        _twin = new(new TwinDerivation(stations.FirstOrDefault(s => s.Id == _station) ?? new Station(_station, "", "", "")));
        _applied = await store.TailAsync(_station, Tail, cancellationToken);
        await CatchUpAsync(cancellationToken);
        LogLives(_station.Value, _applied);
    }

    public async ValueTask ObserveAsync(StationBatch batch)
    {
        if (batch.Position <= _applied) return;
        if (batch.Previous != _applied)
        {
            await CatchUpAsync(CancellationToken.None);
            return;
        }
        await FoldAsync(
            batch.Position, new(batch.Catalogue), batch.Lane, Instant.FromUnixTimeMilliseconds(batch.KnownAtMs),
            batch.Payload, batch.Encoding);
    }

    public ValueTask<TwinFrame> ChangesAsync(long since) => new(_twin.Since(since));

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in store.Follow(_station, _applied, cancellationToken))
            await FoldAsync(entry.Position, entry.Catalogue, entry.Key.Lane, entry.KnownAt, entry.Payload, entry.Encoding);
    }

    private async ValueTask FoldAsync(
        long position, CatalogueKey key, BatchLane lane, Instant knownAt, byte[] payload, BlockEncoding encoding)
    {
        // Backfill is history: it never drives what a person takes for now.
        if (lane == BatchLane.Live && await store.CatalogueAsync(key, CancellationToken.None) is { } catalogue)
            Fold(position, catalogue, knownAt, payload, encoding);
        _applied = position;
    }

    private void Fold(long position, TagCatalogue catalogue, Instant knownAt, byte[] payload, BlockEncoding encoding)
    {
        try
        {
            _twin.Begin(position);
            foreach (var (tag, sample) in Samples(BlockReader.Read(payload, encoding), catalogue)) _twin.Apply(tag, sample, knownAt);
            _twin.Derive();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or ArgumentException)
        {
            // One batch that cannot be folded must not stop the station for ever.
            LogUnfolded(e, _station.Value, position);
        }
    }

    // What was stamped by a clock that was not believed says nothing of now, and is history when it is put right.
    private static IEnumerable<(Tag Tag, Sample Sample)> Samples(DecodedBlock block, TagCatalogue catalogue) =>
        from @group in block.Groups
        where @group.Stamp is null
        from column in @group.Columns
        from i in Enumerable.Range(0, column.Rows.Length)
        select (catalogue.Tags[(int)column.Tag], new Sample(
            Instant.FromUnixTimeMilliseconds(@group.Instants[column.Rows[i]]),
            column.HasValue(i) ? column.Counts[i] : null,
            Quality.FromCode(column.Qualities[i])));
}
