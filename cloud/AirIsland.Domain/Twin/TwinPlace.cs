using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Domain.Twin;

/// <summary>
/// Where a twin holds the latest of one tag, found once instead of with each sample. What a person reads is made when it is asked for:
/// most samples are followed by the next one before that.
/// </summary>
public sealed class TwinPlace
{
    private TwinValue? _value;
    private (Tag Tag, Sample Sample) _held;

    internal TwinPlace()
    {
    }

    /// <summary>Version of the twin with which it changed last; 0 as long as it holds nothing.</summary>
    internal long Version { get; private set; }

    internal Instant At { get; private set; }

    /// <summary>Null as long as it holds nothing.</summary>
    internal TwinValue? Value
    {
        get
        {
            if (_value is not null || Version == 0) return _value;
            var (tag, sample) = _held;
            return _value = new(tag.Id, sample.At, sample.Count is { } count ? tag.Value(count) : null, sample.Quality)
            {
                Unit = tag.Unit,
                State = tag.State?.Name,
            };
        }
    }

    internal void Set(Tag tag, Sample sample, long version) =>
        (_held, _value, At, Version) = ((tag, sample), null, sample.At, version);

    internal void Set(TwinValue value, long version) => (_value, At, Version) = (value, value.At, version);
}
