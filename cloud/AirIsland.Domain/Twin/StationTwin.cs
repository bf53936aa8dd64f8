using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Twin;

/// <summary>
/// A fold: what a station looks like now, made by applying samples in the order in which the cloud learned them. A sample moves
/// "latest" only when it is newer than the one held and its clock can be believed, so backfill and wrong clocks never roll a value
/// back or push it ahead. Not thread-safe; whoever owns it applies and asks in turn.
/// </summary>
public sealed class StationTwin(TwinDerivation derivation)
{
    /// <summary>More than the changes that one batch can make.</summary>
    private const long VersionsPerBatch = 1 << 20;

    private readonly Dictionary<TagId, TwinPlace> _places = [];
    private long _version;
    private Instant? _newest;

    /// <summary>
    /// Call before the samples of a batch. Versions follow journal positions, so that a twin folded anew, elsewhere, numbers its changes
    /// the same way and no watcher misses one.
    /// </summary>
    public void Begin(long position) => _version = Math.Max(_version, position * VersionsPerBatch);

    /// <summary>Where the latest of a tag is held, for <see cref="Apply(TwinPlace, Tag, Sample, Instant)"/>.</summary>
    public TwinPlace PlaceOf(Tag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return PlaceOf(tag.Id);
    }

    /// <summary>Applies one sample. <paramref name="knownAt"/> is when the cloud learned it.</summary>
    public void Apply(Tag tag, Sample sample, Instant knownAt) => Apply(PlaceOf(tag), tag, sample, knownAt);

    /// <summary>Applies one sample of the tag of that place.</summary>
    public void Apply(TwinPlace place, Tag tag, Sample sample, Instant knownAt)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (sample.Quality.Reason == QualityReason.Clock || SampleClock.IsWrong(sample.At, knownAt)) return;
        if (place.Version > 0 && place.At >= sample.At) return;
        place.Set(tag, sample, ++_version);
        Advance(sample.At);
    }

    /// <summary>Computes the derived values anew; call once after the samples of a batch.</summary>
    public void Derive()
    {
        foreach (var value in derivation.Compute(tag => _places.GetValueOrDefault(tag)?.Value))
        {
            var place = PlaceOf(value.Tag);
            if (place.Value == value) continue;
            place.Set(value, ++_version);
            Advance(value.At);
        }
    }

    /// <summary>Every value that changed after the frame of that version; 0 gives all.</summary>
    public TwinFrame Since(long version) =>
        new(_version, _newest,
        [
            .. _places.Values.Where(p => p.Version > version).Select(p => p.Value).OfType<TwinValue>()
                .OrderBy(v => v.Tag.Value, StringComparer.Ordinal),
        ]);

    private TwinPlace PlaceOf(TagId tag) => _places.TryGetValue(tag, out var place) ? place : _places[tag] = new();

    private void Advance(Instant at)
    {
        if (_newest is not { } newest || at > newest) _newest = at;
    }
}
