using System.Buffers;
using System.Text.Json;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// One topic of a device, which carries one scan group. Turns messages into scans, and knows those that come again by their source time.
/// Not thread-safe: a client hands out its messages one by one.
/// </summary>
internal sealed partial class MqttTopic(BoundDevice device, BoundGroup group, ISourceMarks marks, TimeProvider time, MqttReport report)
{
    // No meter counts so far; inside it every product with a scale fits.
    private const decimal Largest = 1e15m;

    private long _handedOut = long.MinValue;
    private long _lastBad = long.MinValue;
    private string? _failure;

    /// <summary>Levels and registers come on topics of their own.</summary>
    public string Name { get; } = $"{device.Options.Topic}/{(group.Content == ScanContent.Registers ? "register" : "level")}";

    public string Device => device.Options.Id;

    /// <summary>
    /// The scan of a message. One that came before, be it delivered again or retained, gives a scan without readings: it is acknowledged
    /// when the scan it repeats is durable.
    /// </summary>
    public Scan Read(ReadOnlySequence<byte> payload, Action acknowledge)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var instant = JsonPath.Instant(json.RootElement, device.Profile.TimestampPath ?? "");
            return instant is { } known
                ? Read(json.RootElement, known, acknowledge)
                : Unreadable($"it has no instant at '{device.Profile.TimestampPath}'", acknowledge);
        }
        catch (JsonException e)
        {
            return Unreadable(e.Message, acknowledge);
        }
    }

    /// <summary>Every tag of the topic is Bad as of now.</summary>
    public Scan AllBad(Receipt? receipt = null)
    {
        _lastBad = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), _lastBad + 1);
        var readings = group.Points.Select(p => Reading.Bad(p.Tag, QualityReason.Communication)).ToArray();
        return new(group.Id, _lastBad, group.Content, readings, receipt);
    }

    private Scan Read(JsonElement json, long instant, Action acknowledge)
    {
        if (instant <= Math.Max(_handedOut, marks.Committed(Name)))
        {
            report.Status.CameAgain();
            return new(group.Id, instant, group.Content, [], new(Name, null, acknowledge));
        }
        var readings = group.Points.Select(p => Decode(json, p)).ToArray();
        var scan = new Scan(group.Id, instant, group.Content, readings);
        // The time of a wrong clock must not become the mark that later messages are held against.
        var isAhead = scan.IsAheadOf(time.GetUtcNow());
        if (!isAhead) _handedOut = instant;
        var missing = group.Points.Where(p => JsonPath.Number(json, p.Point.Path ?? "") is null).Select(p => p.Point.Path).FirstOrDefault();
        Judge(missing is null ? null : $"it has no number at '{missing}'");
        return scan with { Receipt = new(Name, isAhead ? null : instant, acknowledge) };
    }

    private Scan Unreadable(string failure, Action acknowledge)
    {
        Judge(failure);
        return AllBad(new(Name, null, acknowledge));
    }

    private static Reading Decode(JsonElement json, BoundPoint bound)
    {
        if (JsonPath.Number(json, bound.Point.Path ?? "") is not { } raw) return Reading.Bad(bound.Tag, QualityReason.Communication);
        if (Math.Abs(raw) > Largest) return Reading.Bad(bound.Tag, QualityReason.OutOfRange);
        return PointCodec.ToEngineering(bound.Point, raw) is { } value
            ? new(bound.Tag, PointCodec.ToCount(bound.Point, value), Quality.Good)
            : Reading.Bad(bound.Tag, QualityReason.Configuration);
    }

    private void Judge(string? failure)
    {
        if (failure is not null) report.Status.Failed();
        if (failure is not null && _failure is null) LogUnreadable(report.Logger, Device, Name, failure);
        if (failure is null && _failure is not null) LogReadable(report.Logger, Device, Name);
        _failure = failure;
    }
}
