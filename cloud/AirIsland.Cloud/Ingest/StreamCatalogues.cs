using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Google.Protobuf;
using Grpc.Core;

namespace AirIsland.Cloud.Ingest;

/// <summary>The catalogues of one stream: brought by it, or by an earlier one of its edge and station.</summary>
internal sealed class StreamCatalogues(Hello hello, StreamParts parts)
{
    private readonly Dictionary<CatalogueKey, TagCatalogue> _known = [];
    private (ByteString Id, TagCatalogue Catalogue)? _last;

    /// <summary>Null when nobody has brought it.</summary>
    public async ValueTask<TagCatalogue?> FindAsync(ByteString id, CancellationToken cancellationToken)
    {
        // Nearly always the one of the batch before.
        if (_last is { } last && last.Id.Equals(id)) return last.Catalogue;
        if (id.Length != CatalogueId.Length) return null;
        var key = CatalogueKey.Of(id.Span);
        if (!_known.TryGetValue(key, out var found))
        {
            if (await parts.Store.CatalogueAsync(key, cancellationToken) is not { } stored) return null;
            if (stored.Edge != hello.Edge || stored.Station.Value != hello.Station) return null;
            found = _known[key] = stored;
        }
        _last = (id, found);
        return found;
    }

    /// <exception cref="Refusal">It is wrong, of somebody else, too large, or one too many.</exception>
    public async Task LearnAsync(Catalogue message, CancellationToken cancellationToken)
    {
        if (message.Tags.Count > IngestLimits.CatalogueTags)
            throw Refusal.Catalogue($"the catalogue has {message.Tags.Count} tags, limit {IngestLimits.CatalogueTags}");
        TagCatalogue catalogue;
        try
        {
            catalogue = TagCatalogue.Of(message);
        }
        catch (InvalidDataException e)
        {
            throw Refusal.Catalogue(e.Message);
        }
        if (catalogue.Edge != hello.Edge)
            throw Refusal.Catalogue($"the catalogue is of edge '{catalogue.Edge}', not of '{hello.Edge}'");
        // Whose series these are was settled with the Hello.
        if (catalogue.Station.Value != hello.Station)
            throw Refusal.Catalogue(
                $"the catalogue is of station '{catalogue.Station}', the stream of '{hello.Station}'", StatusCode.PermissionDenied);
        if (await parts.Store.CatalogueAsync(catalogue.Key, cancellationToken) is null && !parts.Scope.Learn(hello.Edge))
            throw Refusal.Catalogue(
                $"edge '{hello.Edge}' has brought {parts.Scope.Limits.NewCatalogues} new catalogues since the cloud's start, the limit",
                StatusCode.ResourceExhausted);
        await parts.Store.KeepAsync(catalogue, cancellationToken);
        _known[catalogue.Key] = catalogue;
    }
}
