using System.Text.Json;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;
using MQTTnet.Protocol;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// One topic of a device, which brings the points of one or more scan groups. Turns messages into scans, and says when it brings none.
/// Not thread-safe: messages are read one by one.
/// </summary>
internal sealed partial class MqttTopic
{
    // No meter sends more.
    private const long LargestMessage = 1 << 20;

    // 1970 to 9998: nothing that is computed with such an instant overflows.
    private const long LatestInstant = 253_370_764_799_999;

    private readonly IReadOnlyList<MqttFeed> _feeds;
    private readonly JsonPath? _timestamp;
    private readonly bool _isBare;
    private readonly TimeProvider _time;
    private readonly MqttReport _report;
    private TimeSpan _silence;
    private bool _isTold, _isSilent;
    private string? _failure;

    private MqttTopic((BoundDevice Bound, DeviceGauge Gauge) device, string name, IReadOnlyList<MqttFeed> feeds, bool isBare, Edge edge)
    {
        (Bound, Gauge) = device;
        (Name, _feeds, _isBare, _time, _report) = (name, feeds, isBare, edge.Time, edge.Report);
        _timestamp = !isBare && Bound.Profile.TimestampPath is { } path ? JsonPath.Parse(path) : null;
    }

    /// <summary>What the topics of an edge share.</summary>
    public sealed record Edge(ISourceMarks Marks, TimeProvider Time, MqttReport Report);

    public BoundDevice Bound { get; }

    /// <summary>Of the device, whose topics share it.</summary>
    public DeviceGauge Gauge { get; }

    public string Name { get; }

    public string Device => Bound.Options.Id;

    /// <summary>
    /// At most once for what has no source time: what a broker kept, or delivers again, could not be told from what is measured now.
    /// </summary>
    public MqttQualityOfServiceLevel Service =>
        _timestamp is null ? MqttQualityOfServiceLevel.AtMostOnce : MqttQualityOfServiceLevel.AtLeastOnce;

    /// <summary>The topics of a device, by the last parts that its profile names, with a fresh gauge.</summary>
    public static IEnumerable<MqttTopic> Of(BoundDevice device, Edge edge)
    {
        var gauge = edge.Report.Health.Add(device.Options.Id);
        var clocks = device.Groups.ToDictionary(g => g.Id, _ => new GroupClock());
        var points = device.Groups.SelectMany(g => g.Points.Select(p => (Group: g, Bound: p)));
        foreach (var topic in points.GroupBy(p => p.Bound.Point.TopicPart))
        {
            var name = topic.Key.Length == 0 ? device.Options.Topic ?? "" : $"{device.Options.Topic}/{topic.Key}";
            var groups = topic.GroupBy(p => p.Group, p => p.Bound).ToList();
            // '#' stands in no topic: a group that shares its topic has a memory of its own.
            var feeds = groups.Select(g => (Key: groups.Count == 1 ? name : $"{name}#{g.Key.Name}", Group: g.Key, Points: g.ToList()))
                .Select(f => new MqttFeed(f.Key, f.Group, f.Points, edge.Marks.Recent(f.Key), clocks[f.Group.Id]));
            yield return new((device, gauge), name, [.. feeds], topic.All(p => string.IsNullOrEmpty(p.Bound.Point.Path)), edge);
        }
    }

    /// <summary>From now on it is listened to: its silence begins anew.</summary>
    public void Listen() => _silence = TimeSpan.Zero;

    /// <summary>
    /// The scans of a message, one for each group. One that came before, be it delivered again or retained, gives scans without readings.
    /// It is acknowledged when all are durable.
    /// </summary>
    public IReadOnlyList<Scan> Read(MqttArrival arrival)
    {
        if (!arrival.Message.Retain) Hear();
        var (left, acknowledge) = (_feeds.Count, arrival.Acknowledge);
        arrival = arrival with { Acknowledge = AcknowledgeLast };
        if (arrival.Message.Payload.Length > LargestMessage) return Unreadable("it is larger than 1 MB", arrival);
        try
        {
            var message = MessageContent.Parse(arrival.Message.Payload, _isBare);
            return _timestamp is null ? ReadArrived(message, arrival)
                : MessageContent.Instant(_timestamp.Find(message), Bound.Profile.TimestampUnit) switch
                {
                    null => Unreadable($"it has no instant at '{Bound.Profile.TimestampPath}'", arrival),
                    < 0 or > LatestInstant => Unreadable("its instant is not between 1970 and 9998", arrival, QualityReason.Clock),
                    { } instant => Read(message, instant, arrival),
                };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is no Unicode.
            return Unreadable(e.Message, arrival);
        }

        void AcknowledgeLast()
        {
            if (Interlocked.Decrement(ref left) == 0) acknowledge();
        }
    }

    /// <summary>Every tag is Bad as of now; nothing when that was said and no message came since.</summary>
    public IReadOnlyList<Scan> TellBad(QualityReason reason)
    {
        Gauge.Became(DeviceState.Resting);
        if (_isTold) return [];
        _isTold = true;
        return Bad(_time.GetUtcNow().ToUnixTimeMilliseconds(), reason, null);
    }

    /// <summary>
    /// <paramref name="passed"/> more have passed. Every tag is Bad as of now when it brought nothing for <paramref name="after"/>, or for
    /// three of its periods if that is longer; else nothing. Said once. Real time.
    /// </summary>
    public IReadOnlyList<Scan> TellSilence(TimeSpan passed, TimeSpan after)
    {
        _silence += passed;
        var patience = _feeds.Select(f => 3 * f.Period).Append(after).Max();
        if (_isTold || _silence < patience) return [];
        Fail();
        _isSilent = true;
        LogSilent(_report.Logger, Device, Name, patience);
        return TellBad(QualityReason.Communication);
    }

    /// <summary>Every tag is Bad as of now: the broker does not let the edge have it.</summary>
    public IReadOnlyList<Scan> TellRefused(string reason)
    {
        Fail();
        if (!_isTold) LogRefused(_report.Logger, Device, Name, reason);
        return TellBad(QualityReason.Configuration);
    }

    public IEnumerable<Scan> Urge() => _feeds.Select(f => f.Urge(_time.GetUtcNow().ToUnixTimeMilliseconds()));

    private void Hear()
    {
        Listen();
        Gauge.Heard();
        if (_isSilent) LogHeard(_report.Logger, Device, Name);
        (_isTold, _isSilent) = (false, false);
    }

    private List<Scan> Read(JsonElement message, long instant, MqttArrival arrival)
    {
        var content = MessageContent.Hash(arrival.Message.Payload);
        var source = MessageContent.Clock(message, Bound, arrival);
        List<Scan> scans =
        [
            .. _feeds.Select(f => f.Read(message, instant, content, arrival.Message.Retain, arrival.Acknowledge) with { Source = source }),
        ];
        Judge(message, scans);
        return scans;
    }

    private List<Scan> ReadArrived(JsonElement message, MqttArrival arrival)
    {
        List<Scan> scans = [.. _feeds.Select(f => f.ReadArrived(message, arrival, arrival.Acknowledge))];
        Judge(message, scans);
        return scans;
    }

    private void Judge(JsonElement message, List<Scan> scans)
    {
        if (scans.All(s => s.Readings.Count == 0))
        {
            _report.Status.CameAgain();
            return;
        }
        var missing = _feeds.Select(f => f.Missing(message)).FirstOrDefault(m => m is not null);
        Judge(missing is null ? null : missing.Length == 0 ? "it is no value" : $"it has no number at '{missing}'");
    }

    private List<Scan> Unreadable(string failure, MqttArrival arrival, QualityReason reason = QualityReason.Communication)
    {
        if (arrival.Message.Retain)
        {
            // Whatever it is, it says nothing of now.
            _report.Status.CameAgain();
            return [.. _feeds.Select(f => f.Known(arrival.At, arrival.Acknowledge))];
        }
        Judge(failure);
        return Bad(arrival.At, reason, arrival.Acknowledge);
    }

    private List<Scan> Bad(long at, QualityReason reason, Action? acknowledge) => [.. _feeds.Select(f => f.Bad(at, reason, acknowledge))];

    private void Judge(string? failure)
    {
        if (failure is not null) Fail();
        if (failure is not null && _failure is null) LogUnreadable(_report.Logger, Device, Name, failure);
        if (failure is null && _failure is not null) LogReadable(_report.Logger, Device, Name);
        _failure = failure;
    }

    private void Fail()
    {
        _report.Status.Failed();
        Gauge.Failed();
    }
}
