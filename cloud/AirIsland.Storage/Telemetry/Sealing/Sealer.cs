using System.Data.Common;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Sealing;

/// <summary>
/// Moves level batches from the journal into blocks, one hour of a station at a time: merges, commits the blocks with the position up to
/// which they go, and only then lets the journal forget what every hour it touches has. It may stop anywhere; what it finds then it does
/// again, and nothing is there twice, because a reader takes from the journal only what an hour's seal does not cover.
/// </summary>
internal sealed class Sealer(
    IBlockPlaces places, SeriesIds series, Func<CatalogueKey, TagCatalogue?> catalogueOf, Action<int?, InvalidDataException> damaged)
{
    /// <summary>
    /// Most points merged at once, so that memory stays bounded. An hour with more is sealed in several steps; what does not fit beside
    /// its blocks to be merged with them becomes blocks of its own.
    /// </summary>
    public long MostAtOnce { get; init; } = 2_000_000;

    /// <summary>Batches forgotten in one transaction of the journal: appends wait no longer than that.</summary>
    private const int MostForgotten = 256;

    /// <summary>
    /// Seals every hour that ended by an instant (ms since 1970 UTC) of one station. Gives the hours written. An hour that is damaged, or
    /// lies in a month that cannot be written, stays in the journal and keeps no other from being sealed.
    /// </summary>
    /// <param name="station">Whose.</param>
    /// <param name="from">Where its batches begin.</param>
    /// <param name="until">When an hour has to have ended.</param>
    /// <param name="folded">Batches up to this position may be forgotten: whatever else folds the journal has them.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="DbException">Of the first month that could not be written; the others were.</exception>
    public async Task<int> SealAsync(string station, long from, long until, long folded, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<int, DbException>();
        var hours = await Task.Run(() => Candidates(station, from, until), cancellationToken);
        var gaps = new Dictionary<long, IReadOnlyList<JournalGap>>();
        var written = 0;
        foreach (var hour in hours)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (refused.ContainsKey(Hours.MonthOf(hour))) continue;
            try
            {
                for (var steps = 0; await SealHourAsync(station, hour, gaps, cancellationToken); steps++)
                    if (steps == 0) written++;
            }
            catch (InvalidDataException e)
            {
                damaged(Hours.MonthOf(hour), e);
            }
            catch (DbException e)
            {
                refused[Hours.MonthOf(hour)] = e;
            }
        }
        if (hours.Count > 0) await ForgetAsync(station, hours, folded, gaps, cancellationToken);
        return refused.Count == 0 ? written : throw refused.Values.First();
    }

    private List<long> Candidates(string station, long from, long until)
    {
        using var journal = places.Journal();
        var hours = new SortedSet<long>();
        foreach (var span in JournalLevels.Waiting(journal.Connection, station, from, until))
        {
            for (var hour = Hours.Of(span.From); hour <= Hours.Of(span.To); hour++)
                if (Hours.Start(hour + 1) <= until) hours.Add(hour);
        }
        return [.. hours];
    }

    /// <summary>One step of an hour; false when nothing of it waits.</summary>
    private async Task<bool> SealHourAsync(
        string station, long hour, Dictionary<long, IReadOnlyList<JournalGap>> gaps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var journal = places.Journal();
        var (from, to) = (Hours.Start(hour), Hours.Start(hour + 1));
        var waiting = JournalLevels.Waiting(journal.Connection, station, from, to);
        if (waiting.Count == 0) return false;
        var month = Hours.MonthOf(hour);
        var (sealedTo, points) = (0L, 0L);
        List<HourBlock>? old = null;
        using (var lease = places.Month(month))
        {
            if (lease is not null) sealedTo = MonthTables.SealedTo(lease.Connection, station, hour);
            waiting.RemoveAll(w => w.Position <= Math.Max(sealedTo, FoldedTo(station, month)));
            if (waiting.Count == 0) return false;
            var taken = Step(waiting, ref points);
            waiting.RemoveRange(taken, waiting.Count - taken);
            if (sealedTo == 0) old = [];
            else if (points + MonthTables.Points(lease!.Connection, station, hour) <= MostAtOnce)
                old = MonthTables.Blocks(lease.Connection, station, hour);
        }
        var blocks = await MergeAsync(station, waiting, old ?? [], journal, (from, to), gaps, cancellationToken);
        using var write = places.WriteMonth(month);
        using var transaction = write.Connection.BeginTransaction();
        // Another process of a cluster sealed the hour meanwhile, and perhaps more of it.
        if (MonthTables.SealedTo(write.Connection, station, hour) != sealedTo) return false;
        if (old is null) MonthTables.Add(write.Connection, station, hour, blocks, waiting[^1].Position);
        else MonthTables.Replace(write.Connection, station, hour, blocks, waiting[^1].Position);
        transaction.Commit();
        return true;
    }

    /// <summary>How many of those that wait are taken at once: at least one.</summary>
    private int Step(List<JournalLevels.Span> waiting, ref long points)
    {
        var taken = 0;
        while (taken < waiting.Count && (taken == 0 || points + waiting[taken].Points <= MostAtOnce)) points += waiting[taken++].Points;
        return taken;
    }

    private async Task<List<HourBlock>> MergeAsync(
        string station, List<JournalLevels.Span> waiting, List<HourBlock> old, Lease journal, (long From, long To) stretch,
        Dictionary<long, IReadOnlyList<JournalGap>> gaps, CancellationToken cancellationToken)
    {
        var parts = old.GroupBy(b => b.Group, b => new BlockPart(b.Instants, b.Columns))
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        foreach (var span in waiting)
        {
            if (JournalLevels.Read(journal.Connection, station, span.Position) is not { } entry) continue;
            var catalogue = catalogueOf(entry.Catalogue) ?? throw new InvalidDataException($"catalogue {entry.Catalogue} is gone");
            var ids = await series.NumberAsync(catalogue, cancellationToken);
            var batch = BlockReader.Read(entry.Payload, entry.Encoding);
            gaps[span.Position] = JournalGap.Of(batch, catalogue);
            foreach (var group in batch.Groups)
            {
                if (!parts.TryGetValue(group.Id, out var list)) parts[group.Id] = list = [];
                list.Add(PartOf(group, ids));
            }
        }
        return
        [
            .. parts.OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => HourBlock.Merge(p.Key, p.Value, stretch.From, stretch.To)).OfType<HourBlock>(),
        ];
    }

    private static BlockPart PartOf(BlockGroup group, long[] ids)
    {
        var columns = new (long, ColumnSamples)[group.Columns.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var column = group.Columns[i];
            columns[i] = (ids[column.Tag], new(column.Rows.Length, column.Rows, column.Counts, column.Qualities));
        }
        return new(group.Instants, columns);
    }

    /// <summary>Lets the journal forget the batches that every hour they touch has in its blocks. What they say of gaps is kept.</summary>
    private async Task ForgetAsync(
        string station, List<long> hours, long folded, Dictionary<long, IReadOnlyList<JournalGap>> gaps,
        CancellationToken cancellationToken)
    {
        var done = new List<(long Position, IReadOnlyList<JournalGap> Gaps)>();
        using (var journal = places.Journal())
        {
            var waiting = JournalLevels.Waiting(journal.Connection, station, Hours.Start(hours[0]), Hours.Start(hours[^1] + 1));
            if (waiting.Count == 0) return;
            var seals = Seals(station, Hours.Of(waiting.Min(w => w.From)), Hours.Of(waiting.Max(w => w.To)) + 1);
            foreach (var span in waiting.Where(w => w.Position <= folded))
            {
                var isDone = true;
                for (var hour = Hours.Of(span.From); hour <= Hours.Of(span.To) && isDone; hour++)
                    isDone = seals.GetValueOrDefault(hour) >= span.Position || FoldedTo(station, Hours.MonthOf(hour)) >= span.Position;
                if (isDone && (gaps.GetValueOrDefault(span.Position) ?? GapsOf(station, span.Position, journal)) is { } said)
                    done.Add((span.Position, said));
            }
        }
        foreach (var some in done.Chunk(MostForgotten))
        {
            await places.InJournalAsync(
                journal =>
                {
                    foreach (var (position, gaps) in some) JournalGap.Keep(journal, station, position, gaps);
                    JournalLevels.Remove(journal, station, [.. some.Select(s => s.Position)]);
                },
                cancellationToken);
        }
    }

    private Dictionary<long, long> Seals(string station, long from, long to)
    {
        var seals = new Dictionary<long, long>();
        for (var month = Hours.MonthOf(from); month <= Hours.MonthOf(to - 1); month++)
        {
            using var lease = places.Month(month);
            if (lease is null) continue;
            foreach (var (hour, sealedTo) in MonthTables.Seals(lease.Connection, station, from, to)) seals[hour] = sealedTo;
        }
        return seals;
    }

    /// <summary>What a batch in the journal says of gaps; null when it cannot be told.</summary>
    public IReadOnlyList<JournalGap>? GapsOf(string station, long position)
    {
        using var journal = places.Journal();
        return GapsOf(station, position, journal);
    }

    private long FoldedTo(string station, int month)
    {
        using var minutes = places.Minutes();
        return MinuteTables.SealedTo(minutes.Connection, station, month);
    }

    /// <summary>Null when it cannot be told.</summary>
    private IReadOnlyList<JournalGap>? GapsOf(string station, long position, Lease journal)
    {
        try
        {
            if (JournalLevels.Read(journal.Connection, station, position) is not { } entry) return [];
            return catalogueOf(entry.Catalogue) is { } known ? JournalGap.Of(BlockReader.Read(entry.Payload, entry.Encoding), known) : [];
        }
        catch (InvalidDataException e)
        {
            damaged(null, e);
            return null;
        }
    }
}
