using System.Data.Common;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry.Journal;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The newest believed sample of each series of one station: a fold of the journal that goes on where it stopped whenever somebody asks,
/// and is kept now and then, so that it need not begin anew. Samples of doubted clocks move nothing.
/// </summary>
internal sealed class LatestFold(
    string station, Func<CatalogueKey, TagCatalogue?> catalogueOf, Action<InvalidDataException> damaged)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Sample> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sample> _unkept = new(StringComparer.Ordinal);
    private readonly Dictionary<CatalogueKey, string[]> _declarations = [];
    private long _position;

    /// <summary>The newest of each, or null; the journal must not change meanwhile.</summary>
    public IReadOnlyList<Sample?> Of(IReadOnlyList<Tag> tags, DbConnection journal)
    {
        lock (_gate)
        {
            CatchUp(journal);
            return [.. tags.Select(t => _latest.TryGetValue(SeriesIds.Declaration(t), out var sample) ? sample : (Sample?)null)];
        }
    }

    /// <summary>
    /// Keeps what changed since it was kept last, in a transaction of the journal. Gives the position up to which batches are no longer
    /// needed for it.
    /// </summary>
    public async Task<long> KeepAsync(IBlockPlaces places, CancellationToken cancellationToken)
    {
        var (position, changed) = Unkept(places);
        if (position == 0) return 0;
        await places.InJournalAsync(
            journal =>
            {
                foreach (var (declaration, sample) in changed)
                    journal.Run(
                        "INSERT INTO latest(station, declaration, at, count, quality) VALUES ($1, $2, $3, $4, $5)"
                        + " ON CONFLICT(station, declaration) DO UPDATE SET at = $3, count = $4, quality = $5 WHERE latest.at <= $3",
                        station, declaration, sample.At.ToUnixTimeMilliseconds(), sample.Count ?? 0, (long)sample.Quality.Code);
                journal.Run(
                    "INSERT INTO latest_to(station, position) VALUES ($1, $2)"
                    + " ON CONFLICT(station) DO UPDATE SET position = $2 WHERE latest_to.position < $2",
                    station, position);
            },
            cancellationToken);
        lock (_gate)
        {
            foreach (var kept in changed)
                if (_unkept.TryGetValue(kept.Key, out var now) && now == kept.Value) _unkept.Remove(kept.Key);
        }
        return position;
    }

    private (long Position, List<KeyValuePair<string, Sample>> Changed) Unkept(IBlockPlaces places)
    {
        using var journal = places.Journal();
        lock (_gate)
        {
            CatchUp(journal.Connection);
            return (_position, [.. _unkept]);
        }
    }

    private void CatchUp(DbConnection journal)
    {
        Load(journal);
        using var command = journal.Command(
            "SELECT position, catalogue, payload, encoding, known_at, crc32c FROM batch"
            + " WHERE station = $1 AND position > $2 ORDER BY position",
            station, _position);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var position = rows.GetInt64(0);
            try
            {
                if (catalogueOf(new(rows.GetString(1))) is { } catalogue)
                {
                    var payload = JournalPayload.Of(rows, 2, 5, position);
                    Apply(BlockReader.Read(payload, (BlockEncoding)rows.GetInt32(3)), catalogue, rows.GetInt64(4));
                }
            }
            catch (InvalidDataException e)
            {
                damaged(e);
            }
            _position = position;
        }
    }

    /// <summary>Takes over what was kept beyond where this is, by the process before or another one, which let the batches go.</summary>
    private void Load(DbConnection journal)
    {
        using (var kept = journal.Command("SELECT position FROM latest_to WHERE station = $1", station))
        {
            if (kept.ExecuteScalar() is not long position || position <= _position) return;
            _position = position;
        }
        using (var command = journal.Command("SELECT declaration, at, count, quality FROM latest WHERE station = $1", station))
        {
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var quality = Quality.FromCode((uint)rows.GetInt64(3));
                var at = Instant.FromUnixTimeMilliseconds(rows.GetInt64(1));
                if (!_latest.TryGetValue(rows.GetString(0), out var held) || at >= held.At)
                    _latest[rows.GetString(0)] = new(at, quality.HasValue ? rows.GetInt64(2) : null, quality);
            }
        }
    }

    private void Apply(DecodedBlock block, TagCatalogue catalogue, long knownAt)
    {
        if (!_declarations.TryGetValue(catalogue.Key, out var declarations))
            _declarations[catalogue.Key] = declarations = [.. catalogue.Tags.Select(SeriesIds.Declaration)];
        var known = Instant.FromUnixTimeMilliseconds(knownAt);
        foreach (var group in block.Groups)
        {
            if (group.Stamp is not null) continue;
            foreach (var column in group.Columns)
            {
                for (var i = column.Rows.Length - 1; i >= 0; i--)
                {
                    var at = Instant.FromUnixTimeMilliseconds(group.Instants[column.Rows[i]]);
                    var quality = Quality.FromCode(column.Qualities[i]);
                    if (quality.Reason == QualityReason.Clock || SampleClock.IsWrong(at, known)) continue;
                    var declaration = declarations[column.Tag];
                    if (!_latest.TryGetValue(declaration, out var held) || at >= held.At)
                        _unkept[declaration] = _latest[declaration] = new(at, column.HasValue(i) ? column.Counts[i] : null, quality);
                    break;
                }
            }
        }
    }
}
