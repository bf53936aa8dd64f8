using System.Data.Common;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// What stays of months that expired: the runs of each series' day, up to which journal position each station's month is in them, and how
/// far a month was folded. Never removed.
/// </summary>
internal static class MinuteTables
{
    public const long HoursInDay = 24;

    /// <summary>Through which series the month of that origin has been folded; all of them: <see cref="long.MaxValue"/>.</summary>
    public readonly record struct Folded(long Origin, long Through);

    public static Folded? State(DbConnection minutes, int month)
    {
        using var command = minutes.Command("SELECT origin, through FROM minute_month WHERE month = $1", (long)month);
        using var rows = command.ExecuteReader();
        return rows.Read() ? new(rows.GetInt64(0), rows.GetInt64(1)) : null;
    }

    public static void SetState(DbConnection minutes, int month, Folded state) => minutes.Run(
        "INSERT INTO minute_month(month, origin, through) VALUES ($1, $2, $3) ON CONFLICT(month) DO UPDATE SET origin = $2, through = $3",
        (long)month, state.Origin, state.Through);

    /// <summary>The months between two hours (half-open) of which anything is here.</summary>
    public static List<int> Months(DbConnection minutes, long from, long to)
    {
        using var command = minutes.Command(
            "SELECT month FROM minute_month WHERE month >= $1 AND month <= $2", (long)Hours.MonthOf(from), (long)Hours.MonthOf(to - 1));
        using var rows = command.ExecuteReader();
        var months = new List<int>();
        while (rows.Read()) months.Add((int)rows.GetInt64(0));
        return months;
    }

    /// <summary>Up to which position a station's batches of a month are in it; 0 when none are.</summary>
    public static long SealedTo(DbConnection minutes, string station, int month)
    {
        using var command = minutes.Command(
            "SELECT sealed_to FROM minute_seal WHERE station = $1 AND month = $2", station, (long)month);
        return command.ExecuteScalar() is long position ? position : 0;
    }

    public static void Seal(DbConnection minutes, string station, int month, long sealedTo) => minutes.Run(
        "INSERT INTO minute_seal(station, month, sealed_to) VALUES ($1, $2, $3)"
        + " ON CONFLICT(station, month) DO UPDATE SET sealed_to = $3 WHERE minute_seal.sealed_to < $3",
        station, (long)month, sealedTo);

    /// <summary>The runs of a series in days since 1970 UTC (half-open), ascending.</summary>
    /// <exception cref="InvalidDataException">What lies there is damaged; the message says where.</exception>
    public static List<MinuteRun> Runs(DbConnection minutes, long series, long fromDay, long toDay)
    {
        using var command = minutes.Command(
            "SELECT day, runs FROM minute_day WHERE series = $1 AND day >= $2 AND day < $3 ORDER BY day", series, fromDay, toDay);
        using var rows = command.ExecuteReader();
        var found = new List<MinuteRun>();
        while (rows.Read()) found.AddRange(Unpack(rows.GetFieldValue<byte[]>(1), series, rows.GetInt64(0)));
        return found;
    }

    public static void Put(DbConnection minutes, long series, long day, IReadOnlyList<MinuteRun> runs) => minutes.Run(
        "INSERT INTO minute_day(series, day, runs) VALUES ($1, $2, $3) ON CONFLICT(series, day) DO UPDATE SET runs = $3",
        series, day, MinuteCodec.Pack(runs));

    /// <summary>The first and the last value of a series (ms since 1970 UTC); null without one.</summary>
    public static (long From, long To)? Extent(DbConnection minutes, long series)
    {
        using var command = minutes.Command("SELECT min(day), max(day) FROM minute_day WHERE series = $1", series);
        using var rows = command.ExecuteReader();
        if (!rows.Read() || rows.IsDBNull(0)) return null;
        var (first, last) = (rows.GetInt64(0), rows.GetInt64(1));
        rows.Close();
        var (begin, end) = (Runs(minutes, series, first, first + 1), Runs(minutes, series, last, last + 1));
        return begin.Count == 0 || end.Count == 0 ? null : (begin[0].At, end[^1].IsBreak ? end[^1].At : end[^1].Summary.LastAt);
    }

    private static List<MinuteRun> Unpack(byte[] bytes, long series, long day)
    {
        try
        {
            return MinuteCodec.Unpack(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"minutes of series {series}, day {day}: {e.Message}", e);
        }
    }
}
