using System.Text.Json;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// The points of one scan group on one topic. Turns what messages say into scans, and knows those that come again by their source time and
/// content. Not thread-safe.
/// </summary>
internal sealed class MqttFeed(string key, BoundGroup group, IReadOnlyList<BoundPoint> points, RecentInstants known, GroupClock clock)
{
    // No meter counts so far; inside it every product with a scale fits.
    private const decimal Largest = 1e15m;

    // Start of 2020: older than any meter here, so whoever says so counts from its own start.
    private const long FirstPlausible = 1_577_836_800_000;

    private readonly IReadOnlyList<(BoundPoint Bound, JsonPath Path)> _points =
        [.. points.Select(p => (p, JsonPath.Parse(p.Point.Path ?? "")))];

    public TimeSpan Period => group.Period;

    /// <summary>Path of the first point that has no value in it; null when each has.</summary>
    public string? Missing(JsonElement message) =>
        _points.Where(p => Value(p.Bound.Point, p.Path.Find(message)) is null).Select(p => p.Bound.Point.Path).FirstOrDefault();

    /// <summary>
    /// The scan of a message of that source time. A known one gives a scan without readings: it is acknowledged when the scan it repeats is
    /// durable. What says something else at an instant of before is a scan a millisecond after it.
    /// </summary>
    public Scan Read(JsonElement message, long instant, long content, bool isRetained, Action acknowledge)
    {
        // An earlier instant alone is new data: somebody set the source's clock back. But what is retained waited, maybe for long.
        if (known.Contains(instant, content) || (isRetained && instant <= known.Last)) return Known(instant, acknowledge);
        var at = instant + known.CountAt(instant);
        known.Add(instant, content);
        var readings = Readings(message);
        if (instant < FirstPlausible) readings = [.. readings.Select(r => r.Marked(Quality.Uncertain(QualityReason.Clock)))];
        return new(group.Id, at, group.Content, readings, new(key, instant, acknowledge, content));
    }

    /// <summary>The scan of a message without source time: of when it arrived. Retained it is none: it may be of any time.</summary>
    public Scan ReadArrived(JsonElement message, MqttArrival arrival, Action acknowledge) => arrival.Message.Retain
        ? Known(arrival.At, acknowledge)
        : new(group.Id, clock.Next(arrival.At), group.Content, Readings(message), new(key, null, acknowledge));

    /// <summary>The scan, without readings, of a message that is no sample: acknowledged when what came before is durable.</summary>
    public Scan Known(long at, Action acknowledge) => new(group.Id, at, group.Content, [], new(key, null, acknowledge));

    /// <summary>Whoever collects should hand over now.</summary>
    public Scan Urge(long at) => new(group.Id, at, group.Content, []) { IsUrgent = true };

    /// <summary>Every tag is Bad as of then, or a moment later.</summary>
    public Scan Bad(long at, QualityReason reason, Action? acknowledge) => new(
        group.Id, clock.Next(at), group.Content, [.. points.Select(p => Reading.Bad(p.Tag, reason))],
        acknowledge is null ? null : new(key, null, acknowledge));

    private Reading[] Readings(JsonElement message) => [.. _points.Select(p => Decode(p.Bound, p.Path.Find(message)))];

    private static decimal? Value(ProfilePoint point, JsonElement? at) =>
        point.Kind == PointKind.State ? MessageContent.Code(at, point.Texts) : MessageContent.Number(at);

    private static Reading Decode(BoundPoint bound, JsonElement? at)
    {
        if (Value(bound.Point, at) is not { } raw)
            return Reading.Bad(bound.Tag, IsUnknownText(bound.Point, at) ? QualityReason.Configuration : QualityReason.Communication);
        if (Math.Abs(raw) > Largest) return Reading.Bad(bound.Tag, QualityReason.OutOfRange);
        if (PointCodec.ToEngineering(bound.Point, raw) is not { } engineering) return Reading.Bad(bound.Tag, QualityReason.Configuration);
        return PointCodec.TryToCount(bound.Point, engineering, out var count)
            ? new(bound.Tag, count, Quality.Good)
            : Reading.Bad(bound.Tag, QualityReason.OutOfRange);
    }

    private static bool IsUnknownText(ProfilePoint point, JsonElement? at) =>
        point.Texts is not null && at is { ValueKind: JsonValueKind.String };
}
