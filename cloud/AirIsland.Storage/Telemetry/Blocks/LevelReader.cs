using System.Data.Common;
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
            var m = new MonthOfTag(tag, extra, (begin, end, from, to), journal, lease);
            // A series that had no number when the journal was opened is in no block that counts: the journal has it all.
            if (id is { } known) m = Described(m, known, (month, minutes), withMinutes, waiting.Count > 0);
            foreach (var hour in m.Minutes is { Count: > 0 } ? WithMinutes(m) : Merge(m)) yield return hour;
        }
    }

    /// <summary>A month with its index and its minutes, as far as they can be read: of a damaged one the rest is served.</summary>
    private MonthOfTag Described(MonthOfTag m, long id, (int Number, Lease Minutes) month, bool withMinutes, bool isWaiting)
    {
        var (station, begin, end) = (m.Tag.Id.Station, m.Stretch.Begin, m.Stretch.End);
        try
        {
            var state = MinuteTables.State(month.Minutes.Connection, month.Number);
            var isFolded = state is { } s && m.Month is not null && s.Origin == places.OriginOf(month.Number, m.Month) && id <= s.Through;
            if (state is not null)
                m = m with
                {
                    Folded = MinuteTables.SealedTo(month.Minutes.Connection, station, month.Number),
                    Minutes = withMinutes ? Runs(month.Minutes, id, begin, end) : null,
                };
            if (m.Month is null) return m;
            return m with
            {
                Seals = isWaiting ? MonthTables.Seals(m.Month.Connection, station, begin, end) : [],
                Index = isFolded ? [] : MonthTables.Index(m.Month.Connection, id, begin, end),
            };
        }
        catch (DbException e) when (e.IsDamage())
        {
            damaged(month.Number, new InvalidDataException(e.Message, e));
        }
        catch (InvalidDataException e)
        {
            damaged(month.Number, e);
        }
        return m;
    }

    private List<int> Expired(long from, long to)
    {
        using var minutes = places.Minutes();
        return MinuteTables.Months(minutes.Connection, from, to);
    }

    private static SortedDictionary<long, List<MinuteRun>> Runs(Lease minutes, long series, long from, long to)
    {
        var found = new SortedDictionary<long, List<MinuteRun>>();
        foreach (var run in MinuteTables.Runs(minutes.Connection, series, DayIndex.Of(from), DayIndex.Of(to - 1) + 1))
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
            if (MinuteTables.Extent(minutes.Connection, id) is { } expired) yield return expired;
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

    private IEnumerable<LevelHour> Merge(MonthOfTag m)
    {
        var (index, stretch) = (m.Index, m.Stretch);
        var more = m.Extra.Count == 0 ? [] : m.Extra.Where(e => e.Key >= stretch.Begin && e.Key < stretch.End).ToList();
        for (var (next, nextMore) = (0, 0); next < index.Count || nextMore < more.Count;)
        {
            var hour = Math.Min(
                next < index.Count ? index[next].Hour : long.MaxValue, nextMore < more.Count ? more[nextMore].Key : long.MaxValue);
            var first = next;
            while (next < index.Count && index[next].Hour == hour) next++;
            var add = nextMore < more.Count && more[nextMore].Key == hour ? more[nextMore++].Value : null;
            var sealedTo = Math.Max(m.Seals.GetValueOrDefault(hour), m.Folded);
            var waiting = add?.Waiting.Where(w => w.Position > sealedTo).ToList();
            if (next > first && waiting is not { Count: > 0 } && add is not { Held.Count: > 0 } && FollowEachOther(index, first, next))
                for (var i = first; i < next; i++) yield return new(this, m.Month!, index[i]);
            else
                yield return new(Run(m, index[first..next], waiting ?? [], add?.Held ?? [], hour));
        }
    }

    /// <summary>Whether the blocks of a series' hour lie one behind the other, as those of a large hour do.</summary>
    private static bool FollowEachOther(List<SeriesHour> index, int first, int end)
    {
        for (var i = first + 1; i < end; i++)
        {
            var (before, after) = (index[i - 1].Summary, index[i].Summary);
            if (before.IsBroken || after.IsBroken || before.Samples == 0 || after.Samples == 0) return false;
            if (after.FirstAt <= before.LastAt) return false;
        }
        return true;
    }

    /// <summary>An expired month: its minutes, and whatever came late to them.</summary>
    private IEnumerable<LevelHour> WithMinutes(MonthOfTag m)
    {
        var hours = m.Minutes!.Keys.Concat(m.Index.Select(r => r.Hour)).Concat(m.Extra.Keys).Distinct()
            .Where(h => h >= m.Stretch.Begin && h < m.Stretch.End).Order();
        foreach (var hour in hours)
        {
            var add = m.Extra.GetValueOrDefault(hour);
            var sealedTo = Math.Max(m.Seals.GetValueOrDefault(hour), m.Folded);
            var waiting = add?.Waiting.Where(w => w.Position > sealedTo).ToList() ?? [];
            var late = new List<MinuteRun>();
            MinuteRun.Cut(Run(m, m.Index.FindAll(r => r.Hour == hour), waiting, add?.Held ?? [], hour), late);
            var runs = m.Minutes.GetValueOrDefault(hour) ?? [];
            yield return new(late.Count == 0 ? runs : MinuteRun.Merge(runs, late));
        }
    }

    private SampleRun Run(MonthOfTag m, List<SeriesHour> rows, List<JournalLevels.Span> waiting, List<Sample> held, long hour)
    {
        var run = new SampleRun();
        var from = Math.Max(m.Stretch.From, Blocks.Hours.Start(hour));
        var to = Math.Min(m.Stretch.To, Blocks.Hours.Start(hour + 1));
        foreach (var row in rows)
        {
            var (instants, samples) = Read(m.Month!, row);
            run.Add(instants, samples, from, to);
        }
        foreach (var span in waiting) AddBatch(run, m.Tag, span.Position, m.Journal, from, to);
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
    internal (long[] Instants, ColumnSamples Samples) Read(Lease month, in SeriesHour row)
    {
        try
        {
            return MonthTables.Samples(month.Connection, row);
        }
        catch (InvalidDataException e)
        {
            damaged(Blocks.Hours.MonthOf(row.Hour), e);
        }
        catch (DbException e) when (e.IsDamage())
        {
            damaged(Blocks.Hours.MonthOf(row.Hour), new InvalidDataException(e.Message, e));
        }
        return ([], new(0, null, [], null));
    }

    /// <summary>What there is of a tag in a month: blocks, minutes, and what waits or is held of the journal.</summary>
    private sealed record MonthOfTag(
        Tag Tag, SortedDictionary<long, Extra> Extra, (long Begin, long End, long From, long To) Stretch, Lease Journal, Lease? Month)
    {
        public List<SeriesHour> Index { get; init; } = [];

        public SortedDictionary<long, List<MinuteRun>>? Minutes { get; init; }

        public Dictionary<long, long> Seals { get; init; } = [];

        public long Folded { get; init; }
    }

    private sealed record Extra(List<JournalLevels.Span> Waiting, List<Sample> Held);
}
