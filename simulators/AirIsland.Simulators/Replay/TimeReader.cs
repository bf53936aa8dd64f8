using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Simulators.Replay;

/// <summary>
/// Instants out of the cells of a time column. A local time that a clock change makes happen twice is the earlier one, unless that
/// would go back behind the row before; one that a clock change leaves out is no time at all.
/// </summary>
public sealed class TimeReader
{
    private static readonly LocalDateTimePattern[] IsoLocal =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
    ];

    private static readonly OffsetDateTimePattern[] IsoOffset =
    [
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
    ];

    // About the year 2286.
    private const decimal LargestUnixTicks = 1e17m;

    private static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    private readonly string _format;
    private readonly DateTimeZone? _zone;
    private readonly LocalDateTimePattern[] _local;

    /// <exception cref="FormatException">No such zone, no such pattern, or a pattern without a zone.</exception>
    public TimeReader(string format, string? zone)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
        _zone = zone is null ? null : ZoneOf(zone);
        _local = format is "iso" or "unix-s" or "unix-ms" ? IsoLocal : [PatternOf(format)];
        if (_local != IsoLocal && _zone is null)
            throw new FormatException($"zone is missing: times written as '{format}' do not say where the clock hangs");
    }

    /// <summary>The instant of a cell. <paramref name="last"/> is the row's before, for the hour that happens twice.</summary>
    /// <returns>Null: it is no time; <paramref name="flaw"/> says why.</returns>
    public DateTimeOffset? Read(string text, DateTimeOffset? last, out string flaw)
    {
        ArgumentNullException.ThrowIfNull(text);
        flaw = "";
        var found = _format switch
        {
            "unix-s" => Unix(text, NodaConstants.TicksPerSecond),
            "unix-ms" => Unix(text, NodaConstants.TicksPerMillisecond),
            "iso" => Iso(text, last, ref flaw),
            _ => Local(_local, text, last, ref flaw),
        };
        if (found is { } instant && instant >= Earliest && instant < Latest) return instant.ToDateTimeOffset();
        if (flaw.Length == 0) flaw = $"'{text}' is no time of the form {_format}";
        return null;
    }

    /// <summary>The instant of a text in ISO 8601, whatever the format of the column.</summary>
    public DateTimeOffset? ReadIso(string text, out string flaw)
    {
        ArgumentNullException.ThrowIfNull(text);
        flaw = "";
        if (Iso(text, null, ref flaw) is { } instant) return instant.ToDateTimeOffset();
        if (flaw.Length == 0) flaw = $"'{text}' is no time of the form iso";
        return null;
    }

    private static Instant? Unix(string text, long ticks)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        return Math.Abs(number) < LargestUnixTicks / ticks ? Instant.FromUnixTimeTicks((long)(number * ticks)) : null;
    }

    private Instant? Iso(string text, DateTimeOffset? last, ref string flaw)
    {
        // RFC 3339 lets a blank stand for the T.
        if (text.Length > 10 && text[10] == ' ') text = string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11));
        foreach (var pattern in IsoOffset)
            if (pattern.Parse(text) is { Success: true } parsed) return parsed.Value.ToInstant();
        return Local(IsoLocal, text, last, ref flaw);
    }

    private Instant? Local(LocalDateTimePattern[] patterns, string text, DateTimeOffset? last, ref string flaw)
    {
        foreach (var pattern in patterns)
            if (pattern.Parse(text) is { Success: true } parsed) return OnTheClock(parsed.Value, last, ref flaw);
        return null;
    }

    private Instant? OnTheClock(LocalDateTime local, DateTimeOffset? last, ref string flaw)
    {
        if (_zone is null)
        {
            flaw = "the time has no offset, and the description gives no zone";
            return null;
        }
        var mapping = _zone.MapLocal(local);
        if (mapping.Count == 0)
        {
            flaw = $"there is no such time in {_zone.Id}: the clock was set forward";
            return null;
        }
        var first = mapping.First().ToInstant();
        return last is { } before && first < Instant.FromDateTimeOffset(before) ? mapping.Last().ToInstant() : first;
    }

    private static DateTimeZone ZoneOf(string zone)
    {
        if (OffsetPattern.CreateWithInvariantCulture("+HH:mm").Parse(zone) is { Success: true } offset)
            return DateTimeZone.ForOffset(offset.Value);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
            ?? throw new FormatException($"zone '{zone}' is not known; +08:00, UTC or a name such as Asia/Shanghai is wanted");
    }

    private static LocalDateTimePattern PatternOf(string format)
    {
        try
        {
            return LocalDateTimePattern.CreateWithInvariantCulture(format);
        }
        catch (InvalidPatternException e)
        {
            throw new FormatException($"format '{format}' is neither iso, unix-s, unix-ms nor a date pattern: {e.Message}", e);
        }
    }
}
