namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>
/// One session of an edge node with a broker, which ends with its connection: composes the node's messages and numbers them. The death is
/// the connection's will and has no number. Not thread-safe; the order of the calls must be the order of sending.
/// </summary>
/// <param name="group">Group of the node.</param>
/// <param name="node">Id of the node.</param>
/// <param name="birthNumber">One more than the node's last connection had; 0 follows 255.</param>
public sealed class EdgeNodeSession(string group, string node, byte birthNumber)
{
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);
    private byte _next;
    private bool _isBorn;

    /// <summary>Whether the device was born and did not die since.</summary>
    public bool Lives(string device) => _devices.Contains(device);

    /// <summary>Carries the session's number and nothing else.</summary>
    public SparkplugMessage Death(ulong now) =>
        new(new(group, SparkplugVerb.NDeath, node), new SparkplugPayload { Timestamp = now, Metrics = [BirthNumber(now)] }.Encode());

    /// <summary>Begins the numbers anew; the births of all devices must follow. Also what answers a request for rebirth.</summary>
    public SparkplugMessage Birth(ulong now, IEnumerable<SparkplugMetric> metrics)
    {
        (_next, _isBorn) = (0, true);
        _devices.Clear();
        // A command has no alias: a host that knows nothing yet must be able to give it.
        var rebirth = new SparkplugMetric
        {
            Name = SparkplugPayload.RebirthName,
            Timestamp = now,
            Type = SparkplugDataType.Boolean,
            Value = MetricValue.Of(false),
        };
        return Compose(SparkplugVerb.NBirth, null, now, [BirthNumber(now), rebirth, .. metrics]);
    }

    /// <exception cref="InvalidOperationException">The node is not born.</exception>
    public SparkplugMessage DeviceBirth(string device, ulong now, IEnumerable<SparkplugMetric> metrics)
    {
        _devices.Add(device);
        return Compose(SparkplugVerb.DBirth, device, now, metrics);
    }

    /// <exception cref="InvalidOperationException">The node is not born.</exception>
    public SparkplugMessage Data(ulong now, IEnumerable<SparkplugMetric> metrics) => Compose(SparkplugVerb.NData, null, now, metrics);

    /// <exception cref="InvalidOperationException">The node or the device is not born.</exception>
    public SparkplugMessage DeviceData(string device, ulong now, IEnumerable<SparkplugMetric> metrics) => Lives(device)
        ? Compose(SparkplugVerb.DData, device, now, metrics)
        : throw new InvalidOperationException($"device {device} is not born");

    /// <exception cref="InvalidOperationException">The node or the device is not born.</exception>
    public SparkplugMessage DeviceDeath(string device, ulong now) => _devices.Remove(device)
        ? Compose(SparkplugVerb.DDeath, device, now, [])
        : throw new InvalidOperationException($"device {device} is not born");

    private SparkplugMetric BirthNumber(ulong now) => new()
    {
        Name = SparkplugPayload.BirthNumberName,
        Timestamp = now,
        Type = SparkplugDataType.Int64,
        Value = MetricValue.Of(SparkplugDataType.Int64, birthNumber),
    };

    private SparkplugMessage Compose(SparkplugVerb verb, string? device, ulong now, IEnumerable<SparkplugMetric> metrics)
    {
        if (!_isBorn) throw new InvalidOperationException($"node {node} is not born");
        // A byte turns over by itself: 0 follows 255.
        var payload = new SparkplugPayload { Timestamp = now, Sequence = _next++, Metrics = [.. metrics] };
        return new(new(group, verb, node, device), payload.Encode());
    }
}
