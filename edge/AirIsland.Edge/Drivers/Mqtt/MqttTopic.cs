using System.Text.Json;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;
using MQTTnet;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// One topic of a device, which carries one scan group. Turns messages into scans, and knows those that come again by their source time.
/// Not thread-safe: a client hands out its messages one by one.
/// </summary>
internal sealed partial class MqttTopic(BoundDevice device, BoundGroup group, ISourceMarks marks, TimeProvider time, MqttReport report)
{
    // No meter counts so far; inside it every product with a scale fits.
    private const decimal Largest = 1e15m;

    // No meter sends more.
    private const long LargestMessage = 1 << 20;

    // 1970 to 9998: nothing that is computed with such an instant overflows.
    private const long LatestInstant = 253_370_764_799_999;

    private RecentInstants? _handedOut;
    private long _lastBad = long.MinValue;
    private string? _failure;

    /// <summary>Levels and registers come on topics of their own.</summary>
    public string Name { get; } = $"{device.Options.Topic}/{(group.Content == ScanContent.Registers ? "register" : "level")}";

    public BoundDevice Bound => device;

    public string Device => device.Options.Id;

    /// <summary>
    /// The scan of a message. One that came before, be it delivered again or retained, gives a scan without readings: it is acknowledged
    /// when the scan it repeats is durable.
    /// </summary>
    public Scan Read(MqttApplicationMessage message, Action acknowledge)
    {
        if (message.Payload.Length > LargestMessage) return Unreadable("it is larger than 1 MB", acknowledge);
        try
        {
            using var json = JsonDocument.Parse(message.Payload);
            return JsonPath.Instant(json.RootElement, device.Profile.TimestampPath ?? "") switch
            {
                null => Unreadable($"it has no instant at '{device.Profile.TimestampPath}'", acknowledge),
                < 0 or > LatestInstant => Unreadable("its instant is not between 1970 and 9998", acknowledge, QualityReason.Clock),
                { } instant when IsKnown(instant, message) => Known(instant, acknowledge),
                { } instant => Read(json.RootElement, instant, acknowledge),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is no Unicode.
            return Unreadable(e.Message, acknowledge);
        }
    }

    /// <summary>Every tag of the topic is Bad as of now.</summary>
    public Scan AllBad(Receipt? receipt = null, QualityReason reason = QualityReason.Communication)
    {
        _lastBad = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), _lastBad + 1);
        var readings = group.Points.Select(p => Reading.Bad(p.Tag, reason)).ToArray();
        return new(group.Id, _lastBad, group.Content, readings, receipt);
    }

    private RecentInstants HandedOut => _handedOut ??= marks.Recent(Name);

    // An earlier instant alone is new data: somebody set the source's clock back.
    private bool IsKnown(long instant, MqttApplicationMessage message) =>
        HandedOut.Contains(instant) || (message.Retain && instant < HandedOut.Last);

    private Scan Known(long instant, Action acknowledge)
    {
        report.Status.CameAgain();
        return new(group.Id, instant, group.Content, [], new(Name, null, acknowledge));
    }

    private Scan Read(JsonElement json, long instant, Action acknowledge)
    {
        var readings = group.Points.Select(p => Decode(json, p)).ToArray();
        var missing = group.Points.Where(p => JsonPath.Number(json, p.Point.Path ?? "") is null).Select(p => p.Point.Path).FirstOrDefault();
        Judge(missing is null ? null : $"it has no number at '{missing}'");
        HandedOut.Add(instant);
        return new(group.Id, instant, group.Content, readings, new(Name, instant, acknowledge));
    }

    private Scan Unreadable(string failure, Action acknowledge, QualityReason reason = QualityReason.Communication)
    {
        Judge(failure);
        return AllBad(new(Name, null, acknowledge), reason);
    }

    private static Reading Decode(JsonElement json, BoundPoint bound)
    {
        if (JsonPath.Number(json, bound.Point.Path ?? "") is not { } raw) return Reading.Bad(bound.Tag, QualityReason.Communication);
        if (Math.Abs(raw) > Largest) return Reading.Bad(bound.Tag, QualityReason.OutOfRange);
        if (PointCodec.ToEngineering(bound.Point, raw) is not { } value) return Reading.Bad(bound.Tag, QualityReason.Configuration);
        return PointCodec.TryToCount(bound.Point, value, out var count)
            ? new(bound.Tag, count, Quality.Good)
            : Reading.Bad(bound.Tag, QualityReason.OutOfRange);
    }

    private void Judge(string? failure)
    {
        if (failure is not null) report.Status.Failed();
        if (failure is not null && _failure is null) LogUnreadable(report.Logger, Device, Name, failure);
        if (failure is null && _failure is not null) LogReadable(report.Logger, Device, Name);
        _failure = failure;
    }
}
