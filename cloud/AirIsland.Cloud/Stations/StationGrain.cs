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
    private (TagCatalogue? Catalogue, TwinPlace[] Of) _places = (null, []);

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
        if (batch.Newest.Count > 0) await FoldAsync(batch.Position, new(batch.Catalogue), _ => batch.Newest, batch.KnownAtMs);
        _applied = batch.Position;
    }

    public ValueTask<TwinFrame> ChangesAsync(long since) => new(_twin.Since(since));

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in store.Follow(_station, _applied, cancellationToken))
        {
            // Backfill is history: it never drives what a person takes for now.
            if (entry.Key.Lane == BatchLane.Live)
                await FoldAsync(entry.Position, entry.Catalogue, c => Newest(entry, c), entry.KnownAt.ToUnixTimeMilliseconds());
            _applied = entry.Position;
        }
    }

    private async ValueTask FoldAsync(
        long position, CatalogueKey key, Func<TagCatalogue, IReadOnlyList<NewestSample>> newest, long knownAtMs)
    {
        if (await store.CatalogueAsync(key, CancellationToken.None) is not { } tags) return;
        if (!ReferenceEquals(tags, _places.Catalogue)) _places = (tags, [.. tags.Tags.Select(_twin.PlaceOf)]);
        try
        {
            _twin.Begin(position);
            var knownAt = Instant.FromUnixTimeMilliseconds(knownAtMs);
            foreach (var sample in newest(tags))
                _twin.Apply(_places.Of[(int)sample.Tag], tags.Tags[(int)sample.Tag], Sample(sample), knownAt);
            _twin.Derive();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            // One batch that cannot be folded must not stop the station for ever.
            LogUnfolded(e, _station.Value, position);
        }
    }

    private static IReadOnlyList<NewestSample> Newest(JournalEntry entry, TagCatalogue catalogue)
    {
        var newest = new NewestSamples(entry.KnownAt, catalogue.Tags.Count);
        BlockReader.Visit(entry.Payload, entry.Encoding, newest);
        return newest.Found;
    }

    private static Sample Sample(NewestSample sample)
    {
        var quality = Quality.FromCode(sample.Quality);
        return new(Instant.FromUnixTimeMilliseconds(sample.At), quality.HasValue ? sample.Count : null, quality);
    }
}
