using System.Runtime.CompilerServices;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>
/// Levels in InfluxDB, for a site that runs it and Grafana; everything else in a local store: watermarks, catalogues, registers (the
/// evidence of bills) and the journal that stations follow. Closes the local store at disposal. A level that a doubted clock stamped is
/// read where it was stamped, Uncertain/Clock: this adapter moves no points.
/// </summary>
public sealed class InfluxDbTelemetryStore : ITelemetryStore, IStoreUpkeep, IAsyncDisposable, IDisposable
{
    // A boot in 1970 or 2000 says nothing of when the data begin.
    private const string SinceClocksWereSet = "time >= '2010-01-01T00:00:00Z'";

    /// <summary>Questions on their way at once.</summary>
    private const int AtOnce = 8;

    // Quality codes whose reason is the clock: such a sample is no latest value.
    private static readonly string ClockIsBelieved =
        $"(\"quality\" < {(int)QualityReason.Clock << 2} OR \"quality\" > {((int)QualityReason.Clock << 2) + 3})";

    private readonly ITelemetryStore _local;
    private readonly InfluxClient _client;
    private readonly InfluxAppender _appender;

    public InfluxDbTelemetryStore(ITelemetryStore local, InfluxDbOptions options, ILogger<InfluxDbTelemetryStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Mistakes("InfluxDb").FirstOrDefault() is { } mistake) throw new ArgumentException(mistake, nameof(options));
        (_local, _client) = (local, new InfluxClient(options));
        _appender = new InfluxAppender(local, _client, options, logger);
    }

    /// <summary>Since the start: points written, samples that InfluxDB cannot date (after 2262), and batches that it refused.</summary>
    public (long Points, long LeftOut, long Refused) Counters => _appender.Counters;

    public ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken) =>
        _appender.AppendAsync(batch, cancellationToken);

    public Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken) =>
        _local.WatermarksAsync(edge, epoch, cancellationToken);

    public Task KeepAsync(TagCatalogue catalogue, CancellationToken cancellationToken) => _local.KeepAsync(catalogue, cancellationToken);

    public ValueTask<TagCatalogue?> CatalogueAsync(CatalogueKey key, CancellationToken cancellationToken) =>
        _local.CatalogueAsync(key, cancellationToken);

    public Task<IReadOnlyList<Tag>> TagsAsync(StationId station, CancellationToken cancellationToken) =>
        _local.TagsAsync(station, cancellationToken);

    public async IAsyncEnumerable<Sample> Read(
        Tag tag, Instant from, Instant to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (tag.Kind == TagKind.Register)
        {
            await foreach (var read in _local.Read(tag, from, to, cancellationToken)) yield return read;
            yield break;
        }
        var question = $"{Selected(tag)} AND time >= {Nanoseconds(from)} AND time < {Nanoseconds(to)} ORDER BY time";
        await foreach (var row in _client.Query(question, cancellationToken))
            if (Of(row, tag) is { } sample) yield return sample;
    }

    public async Task<IReadOnlyList<Sample?>> LatestAsync(IReadOnlyList<Tag> tags, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var found = new Sample?[tags.Count];
        var registers = tags.Index().Where(t => t.Item.Kind == TagKind.Register).ToList();
        var reads = await _local.LatestAsync([.. registers.Select(r => r.Item)], cancellationToken);
        foreach (var ((index, _), read) in registers.Zip(reads)) found[index] = read;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tags.Index().Where(t => t.Item.Kind != TagKind.Register), limits, async (level, cancel) =>
        {
            var (index, tag) = level;
            await foreach (var row in _client.Query($"{Selected(tag)} AND {ClockIsBelieved} ORDER BY time DESC LIMIT 1", cancel))
                found[index] = Of(row, tag);
        });
        return found;
    }

    /// <summary>Folded here, of the samples as they come: InfluxDB's own buckets know neither holds nor coverage nor calendars.</summary>
    public async Task<IReadOnlyList<Bucket>> BucketsAsync(Tag tag, BucketQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(question);
        if (tag.Kind == TagKind.Register) return await _local.BucketsAsync(tag, question, cancellationToken);
        var fold = new BucketFold(question.Buckets, question.Method, question.LongestHold);
        await foreach (var (at, count, quality) in Read(tag, question.Reach.Start, question.Reach.End, cancellationToken))
            fold.Add(at.ToUnixTimeMilliseconds(), count ?? 0, quality);
        return fold.Finish();
    }

    public Task<IReadOnlyList<BoundaryRead?>> RegistersAtAsync(
        IReadOnlyList<Tag> registers, Instant at, CancellationToken cancellationToken) =>
        _local.RegistersAtAsync(registers, at, cancellationToken);

    /// <summary>The local store's; InfluxDB keeps its own house.</summary>
    public Task<UpkeepDone> KeepUpAsync(Instant now, CancellationToken cancellationToken) =>
        _local is IStoreUpkeep upkeep ? upkeep.KeepUpAsync(now, cancellationToken) : Task.FromResult(default(UpkeepDone));

    public async Task<Interval?> ExtentAsync(Tag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (tag.Kind == TagKind.Register) return await _local.ExtentAsync(tag, cancellationToken);
        var first = await EndAsync("first", tag, cancellationToken).MinAsync(cancellationToken: cancellationToken);
        var last = await EndAsync("last", tag, cancellationToken).MaxAsync(cancellationToken: cancellationToken);
        return first is { } start && last is { } end ? new Interval(start, end + Duration.FromMilliseconds(1)) : null;
    }

    public IAsyncEnumerable<JournalEntry> Follow(StationId station, long after, CancellationToken cancellationToken) =>
        _local.Follow(station, after, cancellationToken);

    public Task<long> TailAsync(StationId station, int entries, CancellationToken cancellationToken) =>
        _local.TailAsync(station, entries, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _appender.DisposeAsync();
        _client.Dispose();
        if (_local is IAsyncDisposable closing) await closing.DisposeAsync();
        else (_local as IDisposable)?.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string Selected(Tag tag) =>
        $"SELECT \"{SeriesName.Value}\", \"{SeriesName.Count}\", \"{SeriesName.Quality}\" FROM \"{tag.Id.Quantity}\""
        + $" WHERE {SeriesName.Condition(tag)}";

    /// <summary>The first or last instant of the levels of a station, one of each of its quantities.</summary>
    private async IAsyncEnumerable<Instant?> EndAsync(
        string function, Tag tag, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var station = SeriesName.Text(tag.Id.Station);
        var question = $"SELECT {function}(\"{SeriesName.Quality}\") FROM /.*/ WHERE \"station\" = {station} AND {SinceClocksWereSet}";
        await foreach (var row in _client.Query(question, cancellationToken)) yield return At(row);
    }

    /// <summary>Null for a point that is none of ours: it has no quality.</summary>
    private static Sample? Of(InfluxRow row, Tag tag)
    {
        if (!row.Numbers.TryGetValue(SeriesName.Quality, out var code)) return null;
        var quality = Quality.FromCode((uint)code.GetDouble());
        if (!quality.HasValue) return new(At(row), null, quality);
        if (!row.Numbers.TryGetValue(SeriesName.Value, out var number)) return null;
        var value = number.GetDouble();
        // A count of an earlier point at that instant may still stand there: fields are overwritten one by one.
        var exact = row.Numbers.TryGetValue(SeriesName.Count, out var c) && c.TryGetInt64(out var whole)
            && PointText.ValueOf(whole, tag.Resolution).Equals(value) ? whole : PointText.CountOf(value, tag.Resolution);
        return exact is { } count ? new(At(row), count, quality) : null;
    }

    private static Instant At(InfluxRow row) => Instant.FromUnixTimeMilliseconds((long)Math.Floor(row.Nanoseconds / 1_000_000m));

    private static long Nanoseconds(Instant at) =>
        Math.Clamp(at.ToUnixTimeMilliseconds(), PointText.Earliest, PointText.Latest) * 1_000_000;
}
