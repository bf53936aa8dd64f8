using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Cloud.Metering;

/// <summary>Fetches tags and their samples from the store for the domain's calculations.</summary>
public sealed class RegisterReader(ITelemetryStore store)
{
    /// <summary>What the store can hold at all: 1970 to 9999.</summary>
    private static readonly Interval Storable = new(NodaConstants.UnixEpoch, Instant.FromUtc(9998, 1, 1, 0, 0));

    /// <summary>The register's reads in a period, or null when the station has no such register.</summary>
    public async Task<RegisterSeries?> ReadAsync(TagId register, Interval period, CancellationToken cancellationToken) =>
        await TagAsync(register, cancellationToken) is { Kind: TagKind.Register } tag
            ? new RegisterSeries(tag, await SamplesAsync(tag, period, cancellationToken))
            : null;

    /// <summary>
    /// From the first usable read of a register to its last, or null when there are not two. Looks at both ends only, in windows that
    /// double, because a register is read for years.
    /// </summary>
    public async Task<Interval?> ExtentAsync(TagId register, CancellationToken cancellationToken)
    {
        if (await TagAsync(register, cancellationToken) is not { Kind: TagKind.Register } tag) return null;
        if (await store.ExtentAsync(tag, cancellationToken) is not { } extent) return null;
        Instant? first = null, last = null;
        for (var window = Duration.FromHours(1); first is null || last is null; window *= 2)
        {
            first ??= await UsableAsync(tag, new(extent.Start, Instant.Min(extent.Start + window, extent.End)), s => s.First);
            last ??= await UsableAsync(tag, new(Instant.Max(extent.End - window, extent.Start), extent.End), s => s.Last);
            if (extent.Start + window >= extent.End) break;
        }
        return last > first ? new Interval(first, last) : null;

        async Task<Instant?> UsableAsync(Tag of, Interval window, Func<RegisterSeries, Instant?> end) =>
            end(new RegisterSeries(of, await SamplesAsync(of, window, cancellationToken)));
    }

    /// <summary>The samples of a tag in a period (half-open), as stored.</summary>
    public async Task<IReadOnlyList<Sample>> SamplesAsync(Tag tag, Interval period, CancellationToken cancellationToken)
    {
        var (from, to) = (Instant.Max(period.Start, Storable.Start), Instant.Min(period.End, Storable.End));
        return from < to ? await store.Read(tag, from, to, cancellationToken).ToListAsync(cancellationToken) : [];
    }

    public async Task<Tag?> TagAsync(TagId tag, CancellationToken cancellationToken) =>
        (await store.TagsAsync(new StationId(tag.Station), cancellationToken)).FirstOrDefault(t => t.Id == tag);
}
