namespace AirIsland.Simulators.Devices.Meters.Registers;

/// <summary>The register of a type of meter: how it is held, what a count is worth, where it starts again.</summary>
public sealed record RegisterSpec
{
    public RegisterKind Kind { get; init; } = RegisterKind.UInt32;

    /// <summary>What one count is worth, in the register's unit. Above 0; default 1.</summary>
    public decimal Resolution { get; init; } = 1;

    /// <summary>Digits of a BCD register, 1 to 16. Default 8 (four bytes).</summary>
    public int Digits { get; init; } = 8;

    /// <summary>Starts again from zero at this value, in its unit. Null, the default: where its kind ends; floats never.</summary>
    public decimal? Rollover { get; init; }

    /// <summary>What the register holds when the meter is fitted, in its unit. Null, the default: a used meter, drawn.</summary>
    public decimal? Initial { get; init; }

    /// <summary>The first value that the register cannot show, in its unit; null when it never starts again.</summary>
    public decimal? Width => Rollover ?? Kind switch
    {
        RegisterKind.UInt32 => 4_294_967_296m * Resolution,
        RegisterKind.UInt16 => 65_536m * Resolution,
        RegisterKind.Bcd => PowerOfTen(Digits) * Resolution,
        _ => null,
    };

    private static decimal PowerOfTen(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++) power *= 10;
        return power;
    }
}
