using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>Registers read by one request, and the tags in them.</summary>
internal sealed class PolledBlock(ReadBlock block, IReadOnlyList<BoundPoint> points, Backoff refusal)
{
    public ReadBlock Block => block;

    public string Name { get; } = $"{block.Table} {block.Address}+{block.Count}";

    /// <summary>Whether the device refuses this block while it answers others.</summary>
    public Backoff Refusal => refusal;

    /// <summary>Its tags were told Bad and have had no value since.</summary>
    public bool IsTold { get; private set; }

    public void AddValues(List<Reading> readings, ushort[] registers)
    {
        IsTold = false;
        readings.AddRange(points.Select(p => Decode(p, registers)));
    }

    public void AddBad(List<Reading> readings, QualityReason reason)
    {
        IsTold = true;
        readings.AddRange(points.Select(p => Reading.Bad(p.Tag, reason)));
    }

    private Reading Decode(BoundPoint bound, ushort[] registers)
    {
        var point = bound.Point;
        var count = PointCodec.ToCount(point, registers.AsSpan(point.Address - block.Address, point.RegisterCount));
        if (count is { } value) return new(bound.Tag, value, Quality.Good);
        // No number: a code that the map does not know is the map's mistake, NaN is the device's way to say it has no value.
        return Reading.Bad(bound.Tag, point.Kind == PointKind.State ? QualityReason.Configuration : QualityReason.OutOfRange);
    }
}
