using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Sealing;

/// <summary>
/// Lets sealed months go that are old enough: folds what they have into minutes, series by series, commits that, and then drops the month.
/// It may stop anywhere: how far a month was folded is committed with the minutes, and a month that came again has another origin.
/// </summary>
internal sealed class Expiry(IBlockPlaces places, Action<int?, InvalidDataException> damaged)
{
    /// <summary>Series in one transaction.</summary>
    private const int AtOnce = 16;

    private const int MostForgotten = 256;

    /// <summary>Drops the months that ended by an instant (ms since 1970 UTC). How many, and the samples that are now minutes.</summary>
    public (int Months, long Samples) Expire(long before, CancellationToken cancellationToken)
    {
        var (months, samples) = (0, 0L);
        foreach (var month in places.Months)
        {
            if (Hours.Start(Hours.In(month).To) > before || !IsWhole(month)) continue;
            if (Fold(month, cancellationToken) is not { } folded) continue;
            samples += folded;
            places.Drop(month);
            months++;
        }
        return (months, samples);
    }

    /// <summary>Goes on with months whose folding was broken off, and drops them. How many, and the samples that are now minutes.</summary>
    public (int Months, long Samples) Finish(CancellationToken cancellationToken)
    {
        var (months, samples) = (0, 0L);
        foreach (var month in places.Months)
        {
            if (!IsBegun(month)) continue;
            if (Fold(month, cancellationToken) is not { } folded) continue;
            samples += folded;
            places.Drop(month);
            months++;
        }
        return (months, samples);
    }

    /// <summary>Removes held level batches that the cloud learned before an instant. Gives how many points they had.</summary>
    public async Task<long> ExpireHeldAsync(
        long before, Func<string, long, IReadOnlyList<JournalGap>?> gapsOf, CancellationToken cancellationToken)
    {
        List<(string Station, List<(long Position, long Points)> Held)> stations;
        using (var journal = places.Journal())
            stations = [.. JournalStations.Of(journal.Connection).Select(s => (s, JournalLevels.Held(journal.Connection, s, before)))];
        var points = 0L;
        foreach (var (station, held) in stations)
        {
            foreach (var some in held.Chunk(MostForgotten))
            {
                var gaps = some.Select(s => (s.Position, Gaps: gapsOf(station, s.Position) ?? [])).ToList();
                await places.InJournalAsync(
                    journal =>
                    {
                        foreach (var (position, said) in gaps) JournalGap.Keep(journal, station, position, said);
                        JournalLevels.Remove(journal, station, [.. some.Select(s => s.Position)]);
                    },
                    cancellationToken);
                points += some.Sum(s => s.Points);
            }
        }
        return points;
    }

    private bool IsBegun(int month)
    {
        using var lease = places.Month(month);
        if (lease is null) return false;
        using var minutes = places.Minutes();
        return MinuteTables.State(minutes.Connection, month) is { } state && state.Origin == places.OriginOf(month, lease);
    }

    /// <summary>Whether no batch in the journal still has to go into the month.</summary>
    private bool IsWhole(int month)
    {
        var (from, to) = Hours.In(month);
        using var journal = places.Journal();
        using var lease = places.Month(month);
        if (lease is null) return false;
        using var minutes = places.Minutes();
        foreach (var station in JournalStations.Of(journal.Connection))
        {
            var waiting = JournalLevels.Waiting(journal.Connection, station, Hours.Start(from), Hours.Start(to));
            if (waiting.Count == 0) continue;
            var seals = MonthTables.Seals(lease.Connection, station, from, to);
            var folded = MinuteTables.SealedTo(minutes.Connection, station, month);
            foreach (var span in waiting.Where(w => w.Position > folded))
            {
                for (var hour = Math.Max(from, Hours.Of(span.From)); hour <= Math.Min(to - 1, Hours.Of(span.To)); hour++)
                    if (seals.GetValueOrDefault(hour) < span.Position) return false;
            }
        }
        return true;
    }

    /// <summary>The samples folded; null when another process, which took the turn meanwhile, folds the month.</summary>
    private long? Fold(int month, CancellationToken cancellationToken)
    {
        using var lease = places.Month(month);
        if (lease is null) return 0;
        var origin = places.OriginOf(month, lease);
        MinuteTables.Folded? state;
        using (var minutes = places.Minutes()) state = MinuteTables.State(minutes.Connection, month);
        var through = state is { } known && known.Origin == origin ? known.Through : long.MinValue;
        if (through == long.MaxValue) return 0;
        var samples = 0L;
        foreach (var some in MonthTables.Series(lease.Connection, Hours.In(month), through).Chunk(AtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var write = places.WriteMinutes();
            using var transaction = write.Connection.BeginTransaction();
            // The turn is lost with its session, and nobody tells.
            if (MinuteTables.State(write.Connection, month) != state) return null;
            foreach (var series in some) samples += Fold(lease, write, series, month);
            state = new(origin, some[^1]);
            MinuteTables.SetState(write.Connection, month, state.Value);
            transaction.Commit();
        }
        using var last = places.WriteMinutes();
        using var end = last.Connection.BeginTransaction();
        if (MinuteTables.State(last.Connection, month) != state) return null;
        foreach (var (station, sealedTo) in MonthTables.SealedTo(lease.Connection, Hours.In(month)))
            MinuteTables.Seal(last.Connection, station, month, sealedTo);
        MinuteTables.SetState(last.Connection, month, new(origin, long.MaxValue));
        end.Commit();
        return samples;
    }

    private long Fold(Lease month, Lease minutes, long series, int monthNumber)
    {
        var (from, to) = Hours.In(monthNumber);
        var samples = 0L;
        foreach (var ofDay in MonthTables.Index(month.Connection, series, from, to).GroupBy(r => r.Hour / MinuteTables.HoursInDay))
        {
            var runs = new List<MinuteRun>();
            foreach (var ofHour in ofDay.GroupBy(r => r.Hour))
            {
                var run = new SampleRun();
                foreach (var row in ofHour) Add(month, row, run);
                run.Sort();
                samples += run.Count;
                MinuteRun.Cut(run, runs);
            }
            var before = MinuteTables.Runs(minutes.Connection, series, ofDay.Key, ofDay.Key + 1);
            MinuteTables.Put(minutes.Connection, series, ofDay.Key, before.Count == 0 ? runs : MinuteRun.Merge(before, runs));
        }
        return samples;
    }

    private void Add(Lease month, in SeriesHour row, SampleRun run)
    {
        try
        {
            var (instants, column) = MonthTables.Samples(month.Connection, row);
            run.Add(instants, column, long.MinValue, long.MaxValue);
        }
        catch (InvalidDataException e)
        {
            damaged(Hours.MonthOf(row.Hour), e);
        }
    }
}
