using System.Data.Common;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>
/// Samples straight from the journal's batches: registers, always, and the levels that are held there. What a doubted clock stamped stands
/// where it belongs, as far as its edge has told. Each batch is decoded once, whatever number of tags is asked for.
/// </summary>
internal sealed class JournalSamples(Func<CatalogueKey, TagCatalogue?> catalogueOf, Action<InvalidDataException> damaged)
{
    private const string Columns = "SELECT position, catalogue, payload, encoding, known_at, edge, crc32c FROM batch";

    private const string Overlapping = $"""
        {Columns}
            WHERE station = $1 AND content = $2 AND to_ms >= $3 AND to_ms < $4 + 86400000 AND from_ms < $4 AND to_ms - from_ms <= 86400000
                AND held >= $5 AND known_at <= $6
        UNION ALL
        {Columns}
            WHERE station = $1 AND content = $2 AND from_ms < $4 AND to_ms >= $3 AND to_ms - from_ms > 86400000
                AND held >= $5 AND known_at <= $6
        ORDER BY position
        """;

    /// <summary>
    /// The samples of tags of one station and one kind of content in a stretch (half-open), by instant; of one instant those learned
    /// earlier first.
    /// </summary>
    /// <param name="journal">The journal, not to change meanwhile.</param>
    /// <param name="tags">At least one.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End.</param>
    /// <param name="knownBy">Only what the cloud knew then; null: all.</param>
    public IReadOnlyList<List<Sample>> Read(DbConnection journal, IReadOnlyList<Tag> tags, Instant from, Instant to, Instant? knownBy)
    {
        var (fromMs, toMs) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var content = tags[0].Kind == TagKind.Register ? BatchContent.Registers : BatchContent.Levels;
        var found = tags.Select(_ => new List<(long Position, Sample Sample)>()).ToArray();
        var clocks = ClockCorrections.Of(journal, tags[0].Id.Station, knownBy);
        var seen = new HashSet<long>();
        foreach (var place in clocks.Places(fromMs, toMs))
        {
            using var command = journal.Command(
                Overlapping, tags[0].Id.Station, (long)content, place.From, place.To, content == BatchContent.Levels ? 1L : 0L,
                knownBy?.ToUnixTimeMilliseconds() ?? long.MaxValue);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var position = rows.GetInt64(0);
                if (seen.Add(position)) TryDecode(rows, tags, clocks, (position, from, to), found);
            }
        }
        // What was learned later stands later; within a batch the order stays.
        return [.. found.Select(f => f.OrderBy(s => s.Sample.At).ThenBy(s => s.Position).Select(s => s.Sample).ToList())];
    }

    /// <summary>
    /// Where (ms since 1970 UTC) the registers of a stretch (half-open) begin at the earliest; null when there are none. What ends later
    /// may have begun earlier: by a day at most, or it is one of the few long ones.
    /// </summary>
    public static long? Begin(DbConnection journal, string station, long from, long to)
    {
        const long Day = 86_400_000;
        long? begin = null;
        foreach (var place in ClockCorrections.Of(journal, station, null).Places(from, to))
        {
            using var ends = journal.Command(
                "SELECT to_ms FROM batch WHERE station = $1 AND content = 2 AND to_ms >= $2 ORDER BY to_ms LIMIT 1", station, place.From);
            if (ends.ExecuteScalar() is not long end) continue;
            using var longer = journal.Command(
                "SELECT 1 FROM batch WHERE station = $1 AND content = 2 AND from_ms < $3 AND to_ms >= $2"
                + " AND to_ms - from_ms > 86400000 LIMIT 1",
                station, place.From, place.To);
            var first = longer.ExecuteScalar() is null ? Math.Max(place.From, end - Day) : place.From;
            if (first < place.To) begin = Math.Min(begin ?? long.MaxValue, first + place.Shift);
        }
        return begin;
    }

    /// <summary>Damaged bytes are no samples; whoever watches over the store is told.</summary>
    private void TryDecode(
        DbDataReader rows, IReadOnlyList<Tag> tags, ClockCorrections clocks, (long Position, Instant From, Instant To) place,
        List<(long Position, Sample Sample)>[] found)
    {
        try
        {
            Decode(rows, tags, clocks, place, found);
        }
        catch (InvalidDataException e)
        {
            damaged(e);
        }
    }

    private void Decode(
        DbDataReader rows, IReadOnlyList<Tag> tags, ClockCorrections clocks, (long Position, Instant From, Instant To) place,
        List<(long Position, Sample Sample)>[] found)
    {
        if (catalogueOf(new(rows.GetString(1))) is not { } catalogue) return;
        uint?[] numbers = [.. tags.Select(catalogue.NumberOf)];
        if (numbers.All(n => n is null)) return;
        var known = Instant.FromUnixTimeMilliseconds(rows.GetInt64(4));
        var edge = rows.GetString(5);
        var payload = JournalPayload.Of(rows, 2, 6, place.Position);
        foreach (var group in BlockReader.Read(payload, (BlockEncoding)rows.GetInt32(3)).Groups)
        {
            var shift = clocks.ShiftOf(edge, group.Stamp);
            foreach (var column in group.Columns)
            {
                var t = Array.IndexOf(numbers, column.Tag);
                if (t < 0) continue;
                for (var i = 0; i < column.Rows.Length; i++)
                {
                    var at = Instant.FromUnixTimeMilliseconds(group.Instants[column.Rows[i]] + (shift ?? 0));
                    if (at < place.From || at >= place.To) continue;
                    var stored = Quality.FromCode(column.Qualities[i]);
                    var quality = ClockCorrections.Judge(stored, group.Stamp is not null, shift is not null, at, known);
                    found[t].Add((place.Position, new(at, column.HasValue(i) ? column.Counts[i] : null, quality)));
                }
            }
        }
    }
}
