using System.Data.Common;
using System.Globalization;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The tables of a sealed month. Hours are since 1970 UTC. <c>seal</c> says up to which journal position an hour of a station is in blocks;
/// <c>block</c> has the instants of a scan group's hour, <c>frame</c> the samples of one of its series, <c>series_day</c> the index.
/// </summary>
internal static class MonthTables
{
    public static long SealedTo(DbConnection month, string station, long hour)
    {
        using var command = month.Command("SELECT sealed_to FROM seal WHERE station = $1 AND hour = $2", station, hour);
        return command.ExecuteScalar() is long position ? position : 0;
    }

    public static Dictionary<long, long> Seals(DbConnection month, string station, long from, long to)
    {
        using var command = month.Command(
            "SELECT hour, sealed_to FROM seal WHERE station = $1 AND hour >= $2 AND hour < $3", station, from, to);
        var seals = new Dictionary<long, long>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) seals[rows.GetInt64(0)] = rows.GetInt64(1);
        return seals;
    }

    /// <summary>The last position that is in any hour (of those, half-open) of each station.</summary>
    public static List<(string Station, long SealedTo)> SealedTo(DbConnection month, (long From, long To) hours)
    {
        using var command = month.Command(
            "SELECT station, max(sealed_to) FROM seal WHERE hour >= $1 AND hour < $2 GROUP BY station", hours.From, hours.To);
        var found = new List<(string, long)>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add((rows.GetString(0), rows.GetInt64(1)));
        return found;
    }

    /// <summary>The series that have hours in a month (half-open), after one, ascending.</summary>
    public static List<long> Series(DbConnection month, (long From, long To) hours, long after)
    {
        using var command = month.Command(
            "SELECT DISTINCT series FROM series_day WHERE day >= $1 AND day < $2 AND series > $3 ORDER BY series", DayIndex.Of(hours.From),
            DayIndex.Of(hours.To), after);
        var found = new List<long>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add(rows.GetInt64(0));
        return found;
    }

    /// <summary>The index of a series over hours (half-open), ascending.</summary>
    public static List<SeriesHour> Index(DbConnection month, long series, long from, long to)
    {
        using var command = month.Command(
            "SELECT day, hours FROM series_day WHERE series = $1 AND day >= $2 AND day <= $3 ORDER BY day", series, DayIndex.Of(from),
            DayIndex.Of(to - 1));
        var found = new List<SeriesHour>();
        using var rows = command.ExecuteReader();
        List<long>? damaged = null;
        while (rows.Read())
        {
            try
            {
                DayIndex.Read((byte[])rows.GetValue(1), rows.GetInt64(0), from, to, found);
            }
            catch (InvalidDataException)
            {
                (damaged ??= []).Add(rows.GetInt64(0));
            }
        }
        if (damaged is null) return found;
        rows.Close();
        foreach (var day in damaged) found.AddRange(Frames(month, series, Math.Max(from, day * 24), Math.Min(to, (day + 1) * 24)));
        found.Sort((a, b) => a.Hour != b.Hour ? a.Hour.CompareTo(b.Hour) : a.Block.CompareTo(b.Block));
        return found;
    }

    /// <summary>What a damaged index has lost, looked for in the blocks; without summaries, so that the hours are decoded.</summary>
    private static List<SeriesHour> Frames(DbConnection month, long series, long from, long to)
    {
        using var command = month.Command(
            "SELECT b.hour, b.id, f.id FROM block b JOIN frame f ON f.hour = b.hour AND f.id >= b.first_frame"
            + " AND f.id < b.first_frame + b.frames WHERE f.series = $1 AND b.hour >= $2 AND b.hour < $3",
            series, from, to);
        var found = new List<SeriesHour>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), new() { IsBroken = true }));
        return found;
    }

    /// <summary>The first and the last value of a series (ms since 1970 UTC); null without one.</summary>
    public static (long From, long To)? Extent(DbConnection month, long series)
    {
        const string End = "SELECT day, hours FROM series_day WHERE series = $1 ORDER BY day";
        // A damaged day says nothing of where it begins.
        var first = Day(month, $"{End} LIMIT 1", series).Find(h => h.Summary.Samples > 0);
        var last = Day(month, $"{End} DESC LIMIT 1", series).FindLast(h => h.Summary.Samples > 0);
        return first.Summary.Samples > 0 && last.Summary.Samples > 0 ? (first.Summary.FirstAt, last.Summary.LastAt) : null;
    }

    /// <exception cref="InvalidDataException">What lies there is damaged; the message says where.</exception>
    public static (long[] Instants, ColumnSamples Samples) Samples(DbConnection month, in SeriesHour at)
    {
        try
        {
            var packed = Blob(month, "SELECT instants FROM block WHERE hour = $1 AND id = $2", at.Hour, at.Block);
            var instants = ColumnCodec.DecodeInstants(packed);
            var frame = Blob(month, "SELECT samples FROM frame WHERE hour = $1 AND id = $2", at.Hour, at.Frame);
            return (instants, ColumnCodec.Decode(frame, instants.Length));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"block {at.Block}, frame {at.Frame} of hour {at.Hour}: {e.Message}", e);
        }
    }

    /// <summary>Every block of a station's hour, whole: group, instants, series. Damage is thrown, or told and left out.</summary>
    public static List<HourBlock> Blocks(
        DbConnection month, string station, long hour, Action<string, InvalidDataException>? damaged = null)
    {
        var blocks = new List<(BlockRow Row, string Group, long[] Instants)>();
        using (var command = month.Command(
            "SELECT id, first_frame, frames, grp, instants FROM block WHERE station = $1 AND hour = $2 ORDER BY id", station, hour))
        {
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var instants = ColumnCodec.DecodeInstants(rows.GetFieldValue<byte[]>(4));
                blocks.Add((new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)), rows.GetString(3), instants));
            }
        }
        return [.. blocks.Select(b => new HourBlock(b.Group, b.Instants, Columns(month, hour, b.Row, b.Instants.Length, damaged)))];
    }

    /// <summary>The points in a station's hour.</summary>
    public static long Points(DbConnection month, string station, long hour)
    {
        using var command = month.Command("SELECT coalesce(sum(points), 0) FROM block WHERE station = $1 AND hour = $2", station, hour);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Puts blocks in the place of those that a station's hour had, and says up to where they go.</summary>
    public static void Replace(DbConnection month, string station, long hour, IReadOnlyList<HourBlock> blocks, long sealedTo) =>
        Put(month, station, hour, blocks, Remove(month, station, hour).ToDictionary(s => s, _ => new List<SeriesHour>()), sealedTo);

    /// <summary>Puts blocks beside those that a station's hour has, and says up to where all of them go.</summary>
    public static void Add(DbConnection month, string station, long hour, IReadOnlyList<HourBlock> blocks, long sealedTo)
    {
        var entries = new Dictionary<long, List<SeriesHour>>();
        foreach (var series in blocks.SelectMany(b => b.Columns).Select(c => c.Series).Distinct())
            entries[series] = Index(month, series, hour, hour + 1);
        Put(month, station, hour, blocks, entries, sealedTo);
    }

    public static SampleSummary Summary(long[] instants, ColumnSamples samples) => SampleSummary.Of(
        instants, samples.Rows is null ? [] : samples.Rows.AsSpan(0, samples.Length), samples.Counts.AsSpan(0, samples.Length),
        samples.Qualities is null ? [] : samples.Qualities.AsSpan(0, samples.Length));

    private static void Put(
        DbConnection month, string station, long hour, IReadOnlyList<HourBlock> blocks, Dictionary<long, List<SeriesHour>> entries,
        long sealedTo)
    {
        var (block, frame) = (Next(month, "block"), Next(month, "frame"));
        using var insertFrame = month.Command("INSERT INTO frame(id, hour, series, samples) VALUES ($1, $2, $3, $4)", 0L, hour, 0L, null);
        foreach (var merged in blocks)
        {
            month.Run(
                "INSERT INTO block(id, station, hour, grp, first_frame, frames, points, instants) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                block, station, hour, merged.Group, frame, (long)merged.Columns.Count, merged.Columns.Sum(c => (long)c.Samples.Length),
                ColumnCodec.EncodeInstants(merged.Instants));
            foreach (var (series, samples) in merged.Columns)
            {
                insertFrame.RunWith(frame, hour, series, ColumnCodec.Encode(samples, merged.Instants.Length));
                if (!entries.TryGetValue(series, out var ofSeries)) entries[series] = ofSeries = [];
                ofSeries.Add(new(hour, block, frame++, Summary(merged.Instants, samples)));
            }
            block++;
        }
        PutIndex(month, hour, entries);
        month.Run(
            "INSERT INTO seal(station, hour, sealed_to) VALUES ($1, $2, $3) ON CONFLICT(station, hour) DO UPDATE SET sealed_to = $3",
            station, hour, sealedTo);
    }

    private static void PutIndex(DbConnection month, long hour, Dictionary<long, List<SeriesHour>> entries)
    {
        var day = DayIndex.Of(hour);
        using var select = month.Command("SELECT hours FROM series_day WHERE series = $1 AND day = $2", 0L, day);
        using var upsert = month.Command(
            "INSERT INTO series_day(series, day, hours) VALUES ($1, $2, $3) ON CONFLICT(series, day) DO UPDATE SET hours = $3",
            0L, day, null);
        foreach (var (series, ofHour) in entries)
        {
            select.Parameters[0].Value = series;
            upsert.RunWith(series, day, Updated(month, select.ExecuteScalar() as byte[] ?? [], series, hour, ofHour));
        }
    }

    private static byte[] Updated(DbConnection month, byte[] before, long series, long hour, List<SeriesHour> entries)
    {
        try
        {
            return DayIndex.With(before, hour, entries);
        }
        catch (InvalidDataException)
        {
            // What a damaged day has lost is in the blocks, but for the summaries.
            var day = DayIndex.Of(hour);
            byte[] anew = [];
            foreach (var other in Frames(month, series, day * 24, (day + 1) * 24).Where(h => h.Hour != hour).GroupBy(h => h.Hour))
                anew = DayIndex.With(anew, other.Key, [.. other]);
            return DayIndex.With(anew, hour, entries);
        }
    }

    /// <summary>Takes away the blocks of a station's hour; gives the series that were in them.</summary>
    private static HashSet<long> Remove(DbConnection month, string station, long hour)
    {
        const string Frames = "FROM frame f JOIN block b ON f.hour = b.hour AND f.id >= b.first_frame AND f.id < b.first_frame + b.frames"
            + " WHERE b.station = $1 AND b.hour = $2";
        var series = new HashSet<long>();
        using (var command = month.Command($"SELECT f.series {Frames}", station, hour))
        {
            using var rows = command.ExecuteReader();
            while (rows.Read()) series.Add(rows.GetInt64(0));
        }
        if (series.Count == 0) return series;
        month.Run($"DELETE FROM frame WHERE hour = $2 AND id IN (SELECT f.id {Frames})", station, hour);
        month.Run("DELETE FROM block WHERE station = $1 AND hour = $2", station, hour);
        return series;
    }

    private static List<(long Series, ColumnSamples Samples)> Columns(
        DbConnection month, long hour, BlockRow block, int rowCount, Action<string, InvalidDataException>? damaged)
    {
        using var command = month.Command(
            "SELECT series, samples FROM frame WHERE hour = $1 AND id >= $2 AND id < $3 ORDER BY id", hour, block.FirstFrame,
            block.FirstFrame + block.Frames);
        var columns = new List<(long, ColumnSamples)>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            try
            {
                columns.Add((rows.GetInt64(0), ColumnCodec.Decode(rows.GetFieldValue<byte[]>(1), rowCount)));
            }
            catch (InvalidDataException e) when (damaged is not null)
            {
                damaged($"series {rows.GetInt64(0)}", e);
            }
        }
        return columns;
    }

    private static List<SeriesHour> Day(DbConnection month, string sql, long series)
    {
        using var command = month.Command(sql, series);
        using var rows = command.ExecuteReader();
        var found = new List<SeriesHour>();
        try
        {
            if (rows.Read()) DayIndex.Read((byte[])rows.GetValue(1), rows.GetInt64(0), long.MinValue, long.MaxValue, found);
        }
        catch (InvalidDataException)
        {
            return [];
        }
        return found;
    }

    private static long Next(DbConnection month, string table)
    {
        using var command = month.Command($"SELECT coalesce(max(id), 0) + 1 FROM {table}");
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static byte[] Blob(DbConnection month, string sql, long hour, long id)
    {
        using var command = month.Command(sql, hour, id);
        return command.ExecuteScalar() as byte[] ?? throw new InvalidDataException("it is not there");
    }

    private readonly record struct BlockRow(long Id, long FirstFrame, long Frames);
}
