using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The numbers of series in blocks: one for each declaration of a tag that <see cref="Tag.IsSameSeries"/> tells apart. Given once, kept in
/// the journal for ever.
/// </summary>
internal sealed class SeriesIds(IBlockPlaces places)
{
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CatalogueKey, long[]> _ofCatalogues = [];

    /// <summary>Null when it was never sealed.</summary>
    public long? Of(Tag tag, DbConnection journal)
    {
        var declaration = Declaration(tag);
        if (_known.TryGetValue(declaration, out var id)) return id;
        using var command = journal.Command("SELECT id FROM series WHERE declaration = $1", declaration);
        return command.ExecuteScalar() is long found ? _known[declaration] = found : null;
    }

    /// <summary>The numbers of a catalogue's tags, in their order; those without one get theirs.</summary>
    public async ValueTask<long[]> NumberAsync(TagCatalogue catalogue, CancellationToken cancellationToken)
    {
        if (_ofCatalogues.TryGetValue(catalogue.Key, out var numbers)) return numbers;
        string[] declarations = [.. catalogue.Tags.Select(Declaration)];
        var given = new Dictionary<string, long>(StringComparer.Ordinal);
        await places.InJournalAsync(
            journal =>
            {
                foreach (var (tag, declaration) in catalogue.Tags.Zip(declarations)) given[declaration] = Number(journal, tag, declaration);
            },
            cancellationToken);
        foreach (var (declaration, id) in given) _known[declaration] = id;
        return _ofCatalogues[catalogue.Key] = [.. declarations.Select(d => given[d])];
    }

    private static long Number(DbConnection journal, Tag tag, string declaration)
    {
        journal.Run(
            "INSERT INTO series(station, tag, declaration) VALUES ($1, $2, $3) ON CONFLICT(declaration) DO NOTHING", tag.Id.Station,
            tag.Id.Value, declaration);
        using var command = journal.Command("SELECT id FROM series WHERE declaration = $1", declaration);
        return (long)(command.ExecuteScalar() ?? throw new InvalidOperationException($"series of {tag.Id} has no number"));
    }

    public static string Declaration(Tag tag) => string.Create(
        CultureInfo.InvariantCulture,
        $"{tag.Id.Value}|{tag.Kind}|{tag.Unit}|{tag.Resolution}|{tag.State?.Name}|{tag.Modulus}|{tag.MeterSerial}");
}
