using System.Data.Common;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>
/// What the edges of a station stamped with clocks that they did not believe, and by how much (ms) it must be moved, as far as they have
/// told. Nothing in the store is moved: whoever reads looks where it was stamped and gets it where it belongs.
/// </summary>
internal sealed class ClockCorrections
{
    private readonly Dictionary<(string Edge, BlockStamp Stamp), (long Shift, long From, long To)> _fixed = [];

    private ClockCorrections()
    {
    }

    /// <param name="journal">Where from.</param>
    /// <param name="station">Whose edges.</param>
    /// <param name="knownBy">Only what they had told by then; null: all.</param>
    public static ClockCorrections Of(DbConnection journal, string station, Instant? knownBy)
    {
        using var command = journal.Command(
            "SELECT s.edge, s.boot, s.offset_ms, f.offset_ms - s.offset_ms, s.from_ms, s.to_ms"
            + " FROM clock_stamp s JOIN clock_fix f ON f.edge = s.edge AND f.boot = s.boot AND f.uptime_ms = ("
            + "SELECT x.uptime_ms FROM clock_fix x WHERE x.edge = s.edge AND x.boot = s.boot AND x.known_at <= $2"
            + " ORDER BY x.uptime_ms DESC LIMIT 1)"
            // What the clock was worth before it was doubted says nothing of the doubt.
            + " WHERE s.station = $1 AND f.uptime_ms >= s.from_ms - s.offset_ms",
            station, knownBy?.ToUnixTimeMilliseconds() ?? long.MaxValue);
        var found = new ClockCorrections();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var (shift, from, to) = (rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5));
            // A fix that moves it out of all time puts nothing right.
            if (from + shift >= 0 && to + shift < BatchClock.Latest)
                found._fixed[(rows.GetString(0), new(rows.GetString(1), rows.GetInt64(2)))] = (shift, from, to);
        }
        return found;
    }

    /// <summary>The stretches as put right (ms since 1970 UTC, both inclusive).</summary>
    public IEnumerable<(long From, long To)> Stretches => _fixed.Values.Select(f => (f.From + f.Shift, f.To + f.Shift));

    /// <summary>
    /// Where samples of a stretch (half-open) are stored: there, and wherever a clock stamped them that has been put right; with by how
    /// much (ms) those of there must be moved.
    /// </summary>
    public IEnumerable<(long From, long To, long Shift)> Places(long from, long to) => _fixed.Values
        .Select(f => (From: Math.Max(from - f.Shift, f.From), To: Math.Min(to - f.Shift, f.To + 1), f.Shift))
        .Where(p => p.From < p.To)
        .Append((from, to, 0))
        .Distinct();

    /// <summary>By how much samples of that stamp of an edge are to be moved; null when nobody has told.</summary>
    public long? ShiftOf(string edge, BlockStamp? stamp) =>
        stamp is not null && _fixed.TryGetValue((edge, stamp), out var known) ? known.Shift : null;

    /// <summary>
    /// How good a sample of that time is that the cloud learned at <paramref name="known"/>. As long as nobody put the clock right that
    /// stamped it, no other doubt hides that; only a suspect register is used by nobody in any case.
    /// </summary>
    public static Quality Judge(Quality quality, bool isDoubted, bool isMoved, Instant at, Instant known)
    {
        var clock = Quality.Uncertain(QualityReason.Clock);
        if (quality.HasValue && SampleClock.IsWrong(at, known)) return clock;
        if (isMoved) return quality == clock ? Quality.Uncertain(QualityReason.Substituted) : quality;
        return isDoubted && quality.HasValue && quality.Reason != QualityReason.SuspectRegister ? clock : quality;
    }
}
