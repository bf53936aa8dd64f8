using System.Globalization;
using AirIsland.Quantities;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Cloud.Api;

/// <summary>
/// How figures are written in JSON: instants as ISO 8601 with the station's offset, money and volumes as decimal strings.
/// </summary>
internal static class ApiText
{
    public static string At(Instant instant, DateTimeZone zone) =>
        OffsetDateTimePattern.Rfc3339.Format(instant.InZone(zone).ToOffsetDateTime());

    public static string? At(Instant? instant, DateTimeZone zone) => instant is { } at ? At(at, zone) : null;

    /// <summary>A decimal as it is, no digit added or lost.</summary>
    public static string Exact(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(Quality quality) => quality.ToString();
}
