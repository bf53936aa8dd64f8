using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Replay;

/// <summary>A column on its way to a point: what becomes of a cell's number.</summary>
/// <param name="Device">Id of the device.</param>
/// <param name="Point">The point, behind the device's transformers.</param>
/// <param name="From">Column, factor and offset.</param>
/// <param name="Conversion">From the cell's unit to the point's.</param>
public sealed record PointSource(string Device, ProfilePoint Point, ReplayPoint From, UnitConversion Conversion)
{
    // Far beyond every meter, and small enough for every product here to fit a decimal.
    private const decimal Largest = 1e15m;

    /// <summary>
    /// The engineering value, a register within its modulus. Null: no device could show it; <paramref name="flaw"/> says why.
    /// </summary>
    public decimal? Engineering(decimal cell, out string flaw)
    {
        flaw = "";
        if (Math.Abs(cell) > Largest)
        {
            flaw = $"{cell} is beyond every meter";
            return null;
        }
        var value = Conversion.Apply(cell * From.Factor + From.Offset);
        if (Point.Kind == PointKind.State && !IsState(value))
        {
            flaw = $"{value} is no state of {Point.Name}";
            return null;
        }
        if (!PointCodec.TryToCount(Point, value, out _))
        {
            flaw = $"{value} {Point.Unit} does not fit {Point.Name}";
            return null;
        }
        return Point is { Kind: PointKind.Register, Modulus: > 0 and var modulus } ? ((value % modulus) + modulus) % modulus : value;
    }

    private bool IsState(decimal value) =>
        value == decimal.Truncate(value) && (Point.Map is null || Point.Map.Values.Any(state => state == value));
}
