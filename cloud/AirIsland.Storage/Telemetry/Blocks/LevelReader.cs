using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// Reads levels hour by hour, each from where it lies: sealed blocks, batches that wait for the sealer, and what is held (given by the
/// caller, as it reads). Memory is that of one hour.
/// </summary>
internal sealed class LevelReader(
    IBlockPlaces places, SeriesIds series, Func<CatalogueKey, TagCatalogue?> catalogueOf, Action<int, InvalidDataException> damaged)
{
    /// <summary>The hours of a tag (ms since 1970 UTC, half-open) that have samples, ascending.</summary>
    /// <param name="tag">Whose.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End.</param>
    /// <param name="journal">The journal, not to change while this reads.</param>
    /// <param name="held">What is held of it, as it is to be read, in that stretch.</param>
    public IEnumerable<LevelHour> Hours(Tag tag, long from, long to, Lease journal, IReadOnlyList<Sample> held)
    {
        var station = tag.Id.Station;
        var waiting = JournalLevels.Waiting(journal.Connection, station, from, to);
        var extra = ByHour(waiting, held, from, to);
        var (first, last) = (Blocks.Hours.Of(from), Blocks.Hours.Of(to - 1));
        var id = series.Of(tag, journal.Connection);
        var months = places.Months.Where(m => Blocks.Hours.In(m) is var hours && hours.From <= last && hours.To > first)
            .Concat(extra.Keys.Select(Blocks.Hours.MonthOf)).Distinct().Order().ToList();
        foreach (var month in months)
        {
            using var lease = places.Month(month);
            var (begin, end) = Blocks.Hours.In(month);
            (begin, end) = (Math.Max(begin, first), Math.Min(end, last + 1));
            var seals = lease is null || waiting.Count == 0 ? [] : MonthTables.Seals(lease.Connection, station, begin, end);
            var index = lease is null || id is null ? [] : MonthTables.Index(lease.Connection, id.Value, begin, end);
            foreach (var hour in Merge(tag, index, extra, (begin, end, from, to), journal, lease, seals)) yield return hour;
        }
    }

    /// <summary>Where a tag's blocks begin and end (ms since 1970 UTC, both inclusive), month by month.</summary>
    public IEnumerable<(long From, long To)> Extents(Tag tag, Lease journal)
    {
        if (series.Of(tag, journal.Connection) is not { } id) yield break;
        foreach (var month in places.Months)
        {
            using var lease = places.Month(month);
            if (lease is not null && MonthTables.Extent(lease.Connection, id) is { } extent) yield return extent;
        }
    }

    private static SortedDictionary<long, Extra> ByHour(
        List<JournalLevels.Span> waiting, IReadOnlyList<Sample> held, long from, long to)
    {
        var found = new SortedDictionary<long, Extra>();
        Extra At(long hour) => found.TryGetValue(hour, out var known) ? known : found[hour] = new([], []);
        foreach (var span in waiting)
        {
            var (first, last) = (Blocks.Hours.Of(Math.Max(span.From, from)), Blocks.Hours.Of(Math.Min(span.To, to - 1)));
            for (var hour = first; hour <= last; hour++) At(hour).Waiting.Add(span);
        }
        foreach (var sample in held) At(Blocks.Hours.Of(sample.At.ToUnixTimeMilliseconds())).Held.Add(sample);
        return found;
    }

    private IEnumerable<LevelHour> Merge(
        Tag tag, List<SeriesHour> index, SortedDictionary<long, Extra> extra, (long Begin, long End, long From, long To) stretch,
        Lease journal, Lease? month, Dictionary<long, long> seals)
    {
        var more = extra.Count == 0 ? [] : extra.Where(e => e.Key >= stretch.Begin && e.Key < stretch.End).ToList();
        for (var (next, nextMore) = (0, 0); next < index.Count || nextMore < more.Count;)
        {
            var hour = Math.Min(
                next < index.Count ? index[next].Hour : long.MaxValue, nextMore < more.Count ? more[nextMore].Key : long.MaxValue);
            var first = next;
            while (next < index.Count && index[next].Hour == hour) next++;
            var add = nextMore < more.Count && more[nextMore].Key == hour ? more[nextMore++].Value : null;
            var sealedTo = seals.GetValueOrDefault(hour);
            var waiting = add?.Waiting.Where(w => w.Position > sealedTo).ToList();
            if (next - first == 1 && waiting is not { Count: > 0 } && add is not { Held.Count: > 0 })
                yield return new(this, month!, index[first]);
            else
                yield return new(
                    Run(tag, index[first..next], waiting ?? [], add?.Held ?? [], (hour, stretch.From, stretch.To), journal, month));
        }
    }

    private SampleRun Run(
        Tag tag, List<SeriesHour> rows, List<JournalLevels.Span> waiting, List<Sample> held, (long Hour, long From, long To) stretch,
        Lease journal, Lease? month)
    {
        var run = new SampleRun();
        var from = Math.Max(stretch.From, Blocks.Hours.Start(stretch.Hour));
        var to = Math.Min(stretch.To, Blocks.Hours.Start(stretch.Hour + 1));
        foreach (var row in rows)
        {
            var (instants, samples) = Read(month!, row);
            run.Add(instants, samples, from, to);
        }
        foreach (var span in waiting) AddBatch(run, tag, span.Position, journal, from, to);
        foreach (var sample in held) run.Add(sample.At.ToUnixTimeMilliseconds(), sample.Count ?? 0, sample.Quality.Code);
        run.Sort();
        return run;
    }

    private void AddBatch(SampleRun run, Tag tag, long position, Lease journal, long from, long to)
    {
        if (JournalLevels.Read(journal.Connection, tag.Id.Station, position) is not { } entry) return;
        if (catalogueOf(entry.Catalogue)?.NumberOf(tag) is not { } number) return;
        foreach (var group in BlockReader.Read(entry.Payload, entry.Encoding).Groups)
        {
            if (group.Columns.FirstOrDefault(c => c.Tag == number) is { } column)
                run.Add(group.Instants, new(column.Rows.Length, column.Rows, column.Counts, column.Qualities), from, to);
        }
    }

    /// <summary>Damaged bytes are no samples; whoever watches over the store is told.</summary>
    internal (long[] Instants, ColumnSamples Samples) Read(Lease month, in SeriesHour row)
    {
        try
        {
            return MonthTables.Samples(month.Connection, row);
        }
        catch (InvalidDataException e)
        {
            damaged(Blocks.Hours.MonthOf(row.Hour), e);
            return ([], new(0, null, [], null));
        }
    }

    private sealed record Extra(List<JournalLevels.Span> Waiting, List<Sample> Held);
}
