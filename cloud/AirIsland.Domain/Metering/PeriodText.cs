using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Domain.Metering;

/// <summary>
/// A half-open period as people and programs write it: on the station's clock <c>yyyy-MM-dd</c>, if wanted followed by a blank or
/// <c>T</c> and <c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.fff</c>; or an instant with its offset. Either <see cref="Period"/> is
/// set, or every mistake is named.
/// </summary>
public sealed record PeriodText(Interval? Period, ImmutableArray<PeriodMistake> Mistakes)
{
    /// <summary>The longest period one question may be about: a year and what lies around it.</summary>
    public static readonly Duration Longest = Duration.FromDays(400);

    private const int FirstYear = 1969;
    private const int LastYear = 2200;

    private static readonly LocalDateTimePattern[] Moments =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.FFF"),
    ];

    public static PeriodText Read(string? from, string? to, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var mistakes = ImmutableArray.CreateBuilder<PeriodMistake>();
        var start = Read("from", from, zone, mistakes);
        var end = Read("to", to, zone, mistakes);
        if (start >= end) mistakes.Add(new("to", PeriodFault.NotAfterStart));
        else if (end - start > Longest) mistakes.Add(new("to", PeriodFault.TooLong));
        return mistakes.Count == 0 && start is { } s && end is { } e ? new(new Interval(s, e), []) : new(null, mistakes.ToImmutable());
    }

    /// <summary>One moment written so; null when it is none.</summary>
    public static Instant? Moment(string? text, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Read("at", text, zone, ImmutableArray.CreateBuilder<PeriodMistake>());
    }

    /// <summary>An instant on the station's clock, to the millisecond, which is what samples have.</summary>
    public static string Write(Instant at, DateTimeZone zone) =>
        at.InZone(zone).LocalDateTime.ToString("uuuu-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);

    private static Instant? Read(string field, string? text, DateTimeZone zone, ImmutableArray<PeriodMistake>.Builder mistakes)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            mistakes.Add(new(field, PeriodFault.Missing));
            return null;
        }
        if (Local(text.Trim()) is not { } moment)
        {
            mistakes.Add(new(field, PeriodFault.NotADate));
            return null;
        }
        // Years first: far beyond them there are no instants to convert to.
        if (moment.Local.Year is >= FirstYear and < LastYear && At(moment, zone) is var at && at >= NodaConstants.UnixEpoch) return at;
        mistakes.Add(new(field, PeriodFault.OutOfRange));
        return null;
    }

    private static Instant At((LocalDateTime Local, Offset? Offset) moment, DateTimeZone zone) => moment.Offset is { } offset
        ? moment.Local.WithOffset(offset).ToInstant()
        : moment.Local.InZoneLeniently(zone).ToInstant();

    private static (LocalDateTime Local, Offset? Offset)? Local(string text)
    {
        // The plus sign of an offset arrives as a blank when an address was not escaped.
        if (OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+')) is { Success: true } instant)
            return (instant.Value.LocalDateTime, instant.Value.Offset);
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day) return (day.Value.AtMidnight(), null);
        var local = Moments.Select(p => p.Parse(text.Replace('T', ' '))).FirstOrDefault(r => r.Success);
        return local is null ? null : (local.Value, null);
    }
}
