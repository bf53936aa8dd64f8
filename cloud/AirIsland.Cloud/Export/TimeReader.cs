using NodaTime;
using NodaTime.Text;

namespace AirIsland.Cloud.Export;

/// <summary>
/// Instants of a file's rows, in their order. An hour that a clock shows twice is told apart by the order of the rows: the earlier, until
/// time would run backwards. An hour that it leaves out is no time.
/// </summary>
public sealed class TimeReader
{
    private readonly LocalDateTimePattern? _pattern;
    private readonly DateTimeZone _zone;
    private Instant _last = Instant.MinValue;

    internal TimeReader(ImportTime time)
    {
        _pattern = time.Format == "iso" ? null : LocalDateTimePattern.CreateWithInvariantCulture(time.Format);
        _zone = DateTimeZoneProviders.Tzdb[time.Zone];
    }

    /// <summary>Times that the clock showed twice.</summary>
    public long Ambiguous { get; private set; }

    /// <summary>Null when the text is no time; to the millisecond, as samples are.</summary>
    public Instant? Read(string text)
    {
        var read = _pattern is null ? Iso(text) : _pattern.Parse(text) is { Success: true } local ? At(local.Value) : null;
        if (read is not { } at || at < NodaConstants.UnixEpoch || at >= Instant.FromUtc(9999, 1, 1, 0, 0)) return null;
        return _last = Instant.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
    }

    private static Instant? Iso(string text) =>
        OffsetDateTimePattern.ExtendedIso.Parse(text.Replace(' ', 'T')) is { Success: true } read ? read.Value.ToInstant() : null;

    private Instant? At(LocalDateTime local)
    {
        var map = _zone.MapLocal(local);
        if (map.Count == 0) return null;
        if (map.Count == 1) return map.Single().ToInstant();
        Ambiguous++;
        var earlier = map.First().ToInstant();
        return earlier >= _last ? earlier : map.Last().ToInstant();
    }
}
