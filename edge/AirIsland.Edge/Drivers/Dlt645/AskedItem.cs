using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>What one request asks a meter for, and the tags behind it.</summary>
internal sealed class AskedItem(DltItem item, IReadOnlyList<BoundPoint> points, Backoff refusal)
{
    public DltItem Item => item;

    /// <summary>Whether the meter refuses this item while it answers others.</summary>
    public Backoff Refusal => refusal;

    /// <summary>Its tags were told Bad and have had no value since.</summary>
    public bool IsTold { get; private set; }

    /// <summary>The items of a scan group: one for each identifier, however many of its numbers are wanted.</summary>
    public static AskedItem[] Of(BoundGroup group, Func<Backoff> newBackoff)
    {
        var placed = group.Points.Where(p => p.Point.Item is not null).GroupBy(p => p.Point.Item!.Identifier);
        // Where one point says which of many numbers it is, the answer has many numbers.
        return [.. placed.Select(g => new AskedItem(g.Select(p => p.Point.Item!).MaxBy(i => i.Members.Count)!, [.. g], newBackoff()))];
    }

    public void AddValues(List<Reading> readings, DltReading answer)
    {
        IsTold = false;
        readings.AddRange(points.Select(p => Decode(p, answer.Values)));
    }

    public void AddBad(List<Reading> readings, QualityReason reason)
    {
        IsTold = true;
        readings.AddRange(points.Select(p => Reading.Bad(p.Tag, reason)));
    }

    private static Reading Decode(BoundPoint bound, IReadOnlyList<decimal?> values)
    {
        var point = bound.Point;
        // The meter's block ends before this number: it has no such phase or tariff.
        if (point.Index >= values.Count) return Reading.Bad(bound.Tag, QualityReason.Configuration);
        if (values[point.Index] is { } raw
            && PointCodec.ToEngineering(point, raw) is { } value
            && PointCodec.TryToCount(point, value, out var count))
        {
            return new(bound.Tag, count, Quality.Good);
        }
        // Digits filled with none are the meter's way to say that it has no value.
        return Reading.Bad(bound.Tag, point.Kind == PointKind.State ? QualityReason.Configuration : QualityReason.OutOfRange);
    }
}
