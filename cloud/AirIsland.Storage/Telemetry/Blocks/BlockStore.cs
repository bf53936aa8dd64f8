using System.Collections.Concurrent;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry.Journal;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The questions of the port, answered from a journal and sealed months, whatever database they are in. Each question sees the journal as
/// it was when it began.
/// </summary>
internal sealed class BlockStore(
    IBlockPlaces places, Func<CatalogueKey, TagCatalogue?> catalogueOf, Action<int?, InvalidDataException> damaged)
{
    /// <summary>Registers are read so much at a time.</summary>
    private static readonly Duration Window = Duration.FromDays(1);

    private static readonly Interval Storable =
        new(NodaConstants.UnixEpoch, Instant.FromUnixTimeMilliseconds(BatchClock.Latest));

    private static readonly Duration LongestWindow = Duration.FromDays(1024);

    private readonly JournalSamples _samples = new(catalogueOf, e => damaged(null, e));
    private readonly LevelReader _levels = new(places, new(places), catalogueOf, damaged);
    private readonly ConcurrentDictionary<string, LatestFold> _latest = new(StringComparer.Ordinal);

    public IEnumerable<Sample> Read(Tag tag, Instant from, Instant to, Instant? knownBy)
    {
        if (from >= to) yield break;
        using var journal = places.Journal();
        if (tag.Kind == TagKind.Register)
        {
            var end = to.ToUnixTimeMilliseconds();
            var window = Window;
            while (from < to && JournalSamples.Begin(journal.Connection, tag.Id.Station, from.ToUnixTimeMilliseconds(), end) is { } begin)
            {
                var start = Instant.Max(from, Instant.FromUnixTimeMilliseconds(begin));
                from = Instant.Min(start + window, to);
                var found = _samples.Read(journal.Connection, [tag], start, from, knownBy)[0];
                // Where one batch spans years, most days have nothing.
                window = found.Count > 0 ? Window : Duration.Min(window * 2, LongestWindow);
                foreach (var sample in found) yield return sample;
            }
            yield break;
        }
        var held = _samples.Read(journal.Connection, [tag], from, to, null)[0];
        var (fromMs, toMs) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        foreach (var hour in _levels.Hours(tag, fromMs, toMs, journal, held, withMinutes: false))
            foreach (var sample in hour.Samples(fromMs, toMs)) yield return sample;
    }

    public IReadOnlyList<Bucket> Buckets(Tag tag, BucketQuestion question, CancellationToken cancellationToken)
    {
        var fold = new BucketFold(question.Buckets, question.Method, question.LongestHold);
        var reach = question.Reach;
        using var journal = places.Journal();
        var held = _samples.Read(journal.Connection, [tag], reach.Start, reach.End, null)[0];
        var (from, to) = (reach.Start.ToUnixTimeMilliseconds(), reach.End.ToUnixTimeMilliseconds());
        foreach (var hour in _levels.Hours(tag, from, to, journal, held, withMinutes: true))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hour.FillInto(fold, from, to);
        }
        return fold.Finish();
    }

    public IReadOnlyList<Sample?> Latest(IReadOnlyList<Tag> tags)
    {
        var found = new Sample?[tags.Count];
        using var journal = places.Journal();
        foreach (var ofStation in tags.Index().GroupBy(t => t.Item.Id.Station, StringComparer.Ordinal))
        {
            var latest = LatestOf(ofStation.Key).Of([.. ofStation.Select(t => t.Item)], journal.Connection);
            foreach (var ((index, _), sample) in ofStation.Zip(latest)) found[index] = sample;
        }
        return found;
    }

    public LatestFold LatestOf(string station) => _latest.GetOrAdd(station, s => new(s, catalogueOf, e => damaged(null, e)));

    /// <summary>
    /// Looks near the instant first, then in wider and wider stretches, until both neighbours are found or there is no more.
    /// </summary>
    public IReadOnlyList<BoundaryRead?> RegistersAt(IReadOnlyList<Tag> registers, Instant at, Instant? knownBy)
    {
        var found = new BoundaryRead?[registers.Count];
        if (registers.Count == 0) return found;
        using var journal = places.Journal();
        if (Extent(registers[0], journal) is not { } all) return found;
        // What has nothing after the instant has no neighbour there, however far one looks.
        var newest = LatestOf(registers[0].Id.Station).Of(registers, journal.Connection);
        var open = Enumerable.Range(0, registers.Count).Where(i => newest[i] is { } last && last.At >= at).ToList();
        for (var reach = Duration.FromSeconds(90); open.Count > 0; reach *= 8)
        {
            var from = Instant.Max(at - reach, Storable.Start);
            var to = Instant.Min(at + reach + Duration.FromMilliseconds(1), Storable.End);
            var series = _samples.Read(journal.Connection, [.. open.Select(i => registers[i])], from, to, knownBy)
                .Zip(open, (samples, i) => (Index: i, Series: new RegisterSeries(registers[i], samples))).ToList();
            foreach (var (index, known) in series)
                if (known.First <= at && known.Last >= at) found[index] = known.At(at);
            open = [.. series.Where(s => !(s.Series.First <= at && s.Series.Last >= at)).Select(s => s.Index)];
            // The extent may begin a day late where batches overlap.
            if (from <= Instant.Max(all.Start - Window, Storable.Start) && to >= Instant.Min(all.End, Storable.End)) break;
        }
        return found;
    }

    public Interval? Extent(Tag tag)
    {
        using var journal = places.Journal();
        return Extent(tag, journal);
    }

    private Interval? Extent(Tag tag, Lease journal)
    {
        var stretches = JournalExtent.Of(journal.Connection, tag);
        if (tag.Kind != TagKind.Register) stretches.AddRange(_levels.Extents(tag, journal));
        return stretches.Count == 0
            ? null
            : new Interval(
                Instant.FromUnixTimeMilliseconds(stretches.Min(s => s.From)),
                Instant.FromUnixTimeMilliseconds(stretches.Max(s => s.To) + 1));
    }
}
