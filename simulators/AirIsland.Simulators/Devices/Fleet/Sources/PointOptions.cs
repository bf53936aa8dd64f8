namespace AirIsland.Simulators.Devices.Fleet.Sources;

/// <summary>
/// What a point shows that no plant feeds: a value; a sine around it, or a ramp from it that begins again, by the plant's time; or, of a
/// register, what it holds at the start and what it counts.
/// </summary>
public sealed record PointOptions
{
    /// <summary>In the unit of the point. Default 0.</summary>
    public double Value { get; init; }

    /// <summary>Of a sine around the value, in the unit of the point.</summary>
    public double? Amplitude { get; init; }

    /// <summary>End of a ramp that begins at the value, in the unit of the point.</summary>
    public double? To { get; init; }

    /// <summary>Of a sine or a ramp. Default 10 min.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Of a register: the point of the same device that it counts; null: it counts time.</summary>
    public string? Counts { get; init; }

    /// <summary>Of a register: units a second, or a second and unit of the counted point: 1/60 for m³ of m³/min. Default 0.</summary>
    public double PerSecond { get; init; }

    /// <summary>The lowest value that it gives.</summary>
    internal double Lowest => Math.Min(Value - Math.Abs(Amplitude ?? 0), To ?? Value);

    /// <summary>The highest value that it gives.</summary>
    internal double Highest => Math.Max(Value + Math.Abs(Amplitude ?? 0), To ?? Value);

    /// <summary>The value so long after the start.</summary>
    internal double At(TimeSpan elapsed)
    {
        var turns = (double)elapsed.Ticks / Period.Ticks;
        if (Amplitude is { } amplitude) return Value + amplitude * Math.Sin(2 * Math.PI * turns);
        return To is { } to ? Value + (to - Value) * (turns - Math.Floor(turns)) : Value;
    }
}
