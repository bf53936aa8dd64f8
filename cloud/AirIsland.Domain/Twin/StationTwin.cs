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

    private readonly Dictionary<TagId, (TwinValue Value, long Version)> _latest = [];
    private long _version;
    private Instant? _newest;

    /// <summary>
    /// Call before the samples of a batch. Versions follow journal positions, so that a twin folded anew, elsewhere, numbers its changes
    /// the same way and no watcher misses one.
    /// </summary>
    public void Begin(long position) => _version = Math.Max(_version, position * VersionsPerBatch);

    /// <summary>Applies one sample. <paramref name="knownAt"/> is when the cloud learned it.</summary>
    public void Apply(Tag tag, Sample sample, Instant knownAt)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (sample.Quality.Reason == QualityReason.Clock || SampleClock.IsWrong(sample.At, knownAt)) return;
        if (_latest.TryGetValue(tag.Id, out var held) && held.Value.At >= sample.At) return;
        Set(new TwinValue(tag.Id, sample.At, sample.Count is { } count ? tag.Value(count) : null, sample.Quality)
        {
            Unit = tag.Unit,
            State = tag.State?.Name,
        });
    }

    /// <summary>Computes the derived values anew; call once after the samples of a batch.</summary>
    public void Derive()
    {
        foreach (var value in derivation.Compute(tag => _latest.TryGetValue(tag, out var held) ? held.Value : null))
        {
            if (!_latest.TryGetValue(value.Tag, out var held) || held.Value != value) Set(value);
        }
    }

    /// <summary>Every value that changed after the frame of that version; 0 gives all.</summary>
    public TwinFrame Since(long version) =>
        new(_version, _newest,
        [
            .. _latest.Values.Where(v => v.Version > version).Select(v => v.Value).OrderBy(v => v.Tag.Value, StringComparer.Ordinal),
        ]);

    private void Set(TwinValue value)
    {
        _latest[value.Tag] = (value, ++_version);
        if (_newest is not { } newest || value.At > newest) _newest = value.At;
    }
}
