using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// Reads levels hour by hour, each from where it lies: sealed blocks, batches that wait for the sealer, and what is held (given by the
/// caller, as it reads). Memory is that of one hour.
/// </summary>
internal sealed class LevelReader(
    IBlockPlaces places, SeriesIds series, Func<CatalogueKey, TagCatalogue?> catalogueOf, Action<int?, InvalidDataException> damaged)
{
    /// <summary>The hours of a tag (ms since 1970 UTC, half-open) that have samples, ascending.</summary>
    /// <param name="tag">Whose.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End.</param>
    /// <param name="journal">The journal, not to change while this reads.</param>
    /// <param name="held">What is held of it, as it is to be read, in that stretch.</param>
    /// <param name="withMinutes">With the hours of which only minutes are left.</param>
    public IEnumerable<LevelHour> Hours(Tag tag, long from, long to, Lease journal, IReadOnlyList<Sample> held, bool withMinutes)
    {
        var station = tag.Id.Station;
        var waiting = JournalLevels.Waiting(journal.Connection, station, from, to);
        var extra = ByHour(waiting, held, from, to);
        var (first, last) = (Blocks.Hours.Of(from), Blocks.Hours.Of(to - 1));
        var id = series.Of(tag, journal.Connection);
        var months = places.Months.Where(m => Blocks.Hours.In(m) is var hours && hours.From <= last && hours.To > first)
            .Concat(extra.Keys.Select(Blocks.Hours.MonthOf)).Concat(Expired(first, last + 1)).Distinct().Order().ToList();
        foreach (var month in months)
        {
            using var lease = places.Month(month);
            using var minutes = places.Minutes();
            var (begin, end) = Blocks.Hours.In(month);
            (begin, end) = (Math.Max(begin, first), Math.Min(end, last + 1));
            // A series that had no number when the journal was opened is in no block that counts: the journal has it all.
            if (id is not { } known)
            {
                foreach (var hour in Merge(new(tag, [], [], extra, (begin, end), journal, lease, [], 0))) yield return hour(from, to);
                continue;
            }
            var state = MinuteTables.State(minutes.Connection, month);
            var isFolded = state is { } s && lease is not null && s.Origin == places.OriginOf(month, lease) && known <= s.Through;
            var seals = lease is null || waiting.Count == 0 ? [] : MonthTables.Seals(lease.Connection, station, begin, end);
            var index = lease is null || isFolded ? [] : MonthTables.Index(lease.Connection, known, begin, end);
            var runs = state is null || !withMinutes ? [] : Runs(minutes, known, begin, end);
            var folded = state is null ? 0 : MinuteTables.SealedTo(minutes.Connection, station, month);
            foreach (var hour in Merge(new(tag, index, runs, extra, (begin, end), journal, lease, seals, folded))) yield return hour(from, to);
        }
    }

    private List<int> Expired(long from, long to)
    {
        using var minutes = places.Minutes();
        return MinuteTables.Months(minutes.Connection, from, to);
    }

    private static SortedDictionary<long, List<MinuteRun>> Runs(Lease minutes, long series, long from, long to)
    {
        var found = new SortedDictionary<long, List<MinuteRun>>();
        var (firstDay, lastDay) = (from / MinuteTables.HoursInDay, (to - 1) / MinuteTables.HoursInDay);
        foreach (var run in MinuteTables.Runs(minutes.Connection, series, firstDay, lastDay + 1))
        {
            var hour = Blocks.Hours.Of(run.At);
            if (hour < from || hour >= to) continue;
            if (!found.TryGetValue(hour, out var runs)) found[hour] = runs = [];
            runs.Add(run);
        }
        return found;
    }

    /// <summary>Where a tag's blocks begin and end (ms since 1970 UTC, both inclusive), month by month.</summary>
    public IEnumerable<(long From, long To)> Extents(Tag tag, Lease journal)
    {
        if (series.Of(tag, journal.Connection) is not { } id) yield break;
        using (var minutes = places.Minutes())
            if (MinuteTables.Extent(minutes.Connection, id) is { } extent) yield return extent;
        foreach (var month in places.Months)
        {
            using var lease = places.Month(month);
            if (lease is not null && MonthTables.Extent(lease.Connection, id) is { } sealedExtent) yield return sealedExtent;
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

    private IEnumerable<Func<long, long, LevelHour>> Merge(MonthOfTag m)
    {
        var hours = m.Index.Select(r => r.Hour).Concat(m.Runs.Keys)
            .Concat(m.Extra.Keys.Where(h => h >= m.Hours.From && h < m.Hours.To)).Distinct().Order();
        var next = 0;
        foreach (var hour in hours)
        {
            var rows = new List<SeriesHour>(1);
            while (next < m.Index.Count && m.Index[next].Hour == hour) rows.Add(m.Index[next++]);
            var add = m.Extra.GetValueOrDefault(hour);
            var sealedTo = Math.Max(m.Seals.GetValueOrDefault(hour), m.Folded);
            var waiting = add?.Waiting.Where(w => w.Position > sealedTo).ToList() ?? [];
            var runs = m.Runs.GetValueOrDefault(hour);
            if (rows.Count == 1 && runs is null && waiting.Count == 0 && add is not { Held.Count: > 0 })
                yield return (_, _) => new(rows[0].Summary, () => Read(m.Month!, rows[0]), null);
            else if (runs is null)
                yield return (from, to) => new(null, null, Run(m.Tag, rows, waiting, add?.Held ?? [], (hour, from, to), m.Journal, m.Month));
            else
                yield return (from, to) => new(null, null, null)
                {
                    Minutes = WithLate(runs, Run(m.Tag, rows, waiting, add?.Held ?? [], (hour, from, to), m.Journal, m.Month)),
                };
        }
    }

    private static List<MinuteRun> WithLate(List<MinuteRun> runs, SampleRun late)
    {
        if (late.Count == 0) return runs;
        var more = new List<MinuteRun>();
        MinuteRun.Cut(late, more);
        return MinuteRun.Merge(runs, more);
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
        try
        {
            if (JournalLevels.Read(journal.Connection, tag.Id.Station, position) is not { } entry) return;
            if (catalogueOf(entry.Catalogue)?.NumberOf(tag) is not { } number) return;
            foreach (var group in BlockReader.Read(entry.Payload, entry.Encoding).Groups)
            {
                if (group.Columns.FirstOrDefault(c => c.Tag == number) is { } column)
                    run.Add(group.Instants, new(column.Rows.Length, column.Rows, column.Counts, column.Qualities), from, to);
            }
        }
        catch (InvalidDataException e)
        {
            damaged(null, e);
        }
    }

    /// <summary>Damaged bytes are no samples; whoever watches over the store is told.</summary>
    private (long[] Instants, ColumnSamples Samples) Read(Lease month, in SeriesHour row)
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

    /// <summary>What there is of a tag in a month: blocks, minutes, and what waits or is held of the journal.</summary>
    private sealed record MonthOfTag(
        Tag Tag, List<SeriesHour> Index, SortedDictionary<long, List<MinuteRun>> Runs, SortedDictionary<long, Extra> Extra,
        (long From, long To) Hours, Lease Journal, Lease? Month, Dictionary<long, long> Seals, long Folded);

    private sealed record Extra(List<JournalLevels.Span> Waiting, List<Sample> Held);
}
