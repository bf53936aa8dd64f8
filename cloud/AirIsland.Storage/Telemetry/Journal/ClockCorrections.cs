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

    public static async ValueTask<ClockCorrections> OfAsync(
        DbConnection connection, string station, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            "SELECT s.edge, s.boot, s.offset_ms, f.offset_ms - s.offset_ms, s.from_ms, s.to_ms"
            + " FROM clock_stamp s JOIN clock_fix f ON f.edge = s.edge AND f.boot = s.boot WHERE s.station = @station"
            // What the clock was worth before it was doubted says nothing of the doubt.
            + " AND f.uptime_ms >= s.from_ms - s.offset_ms",
            ("@station", station));
        var found = new ClockCorrections();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
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
    /// Where samples of a stretch (half-open) are stored: there, and wherever a clock stamped them that has been put right.
    /// </summary>
    public IEnumerable<(long From, long To)> Places(long from, long to) => _fixed.Values
        .Select(f => (From: Math.Max(from - f.Shift, f.From), To: Math.Min(to - f.Shift, f.To + 1)))
        .Where(p => p.From < p.To)
        .Append((from, to))
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
