using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Cloud.Metering;

/// <summary>
/// What was measured, as it is stored, filtered by who asks: an enterprise sees its own distribution points and the header.
/// </summary>
public sealed class SeriesQueries(ITelemetryStore store)
{
    /// <summary>The tags of a station, given as the actor sees it, that the actor may see.</summary>
    public async Task<IReadOnlyList<Tag>> TagsAsync(Actor actor, Station station, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(station);
        if (!actor.MaySee(station.Id)) return [];
        var tags = await store.TagsAsync(station.Id, cancellationToken);
        if (actor.Role != Role.Enterprise) return tags;
        var shown = station.VisibleTo(actor).Assets.Where(a => a.Company is not null || a.Kind == AssetKind.Airnet).Select(a => a.Id)
            .ToHashSet(StringComparer.Ordinal);
        return [.. tags.Where(t => shown.Contains(t.Id.Asset))];
    }

    public Task<IReadOnlyList<Sample?>> LatestAsync(IReadOnlyList<Tag> tags, CancellationToken cancellationToken) =>
        store.LatestAsync(tags, cancellationToken);

    public IAsyncEnumerable<Sample> Samples(Tag tag, Interval period, CancellationToken cancellationToken) =>
        store.Read(tag, period.Start, period.End, cancellationToken);

    public Task<IReadOnlyList<Bucket>> BucketsAsync(Tag tag, BucketQuestion question, CancellationToken cancellationToken) =>
        store.BucketsAsync(tag, question, cancellationToken);

    /// <summary>Whether the store can tell what was known at an instant.</summary>
    public bool KnowsWhen => store is IRegisterEvidence;

    /// <summary>Registers at an instant; with <paramref name="knownBy"/>, where the store can tell, as they were known then.</summary>
    public Task<IReadOnlyList<BoundaryRead?>> RegistersAsync(
        IReadOnlyList<Tag> registers, Instant at, Instant? knownBy, CancellationToken cancellationToken) =>
        knownBy is { } known && store is IRegisterEvidence evidence
            ? evidence.RegistersAsOfAsync(registers, at, known, cancellationToken)
            : store.RegistersAtAsync(registers, at, cancellationToken);
}
