using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>Points of every type, order and part, and registers that hold a number of theirs.</summary>
internal static class AnyPoints
{
    public static readonly PointType[] Floats = [PointType.Float16, PointType.Float32, PointType.Float64];

    private static readonly decimal[] Scales = [1m, 0.1m, 0.01m, 0.001m, 10m, -0.1m];
    private static readonly decimal[] Divisors = [1m, 10m, 60m];
    private static readonly decimal[] Offsets = [0m, -40m, 273.15m];

    private static readonly Gen<ushort> FourDigits = Gen.Int[0, 9999].Select(digits => Convert.ToUInt16($"{digits}", fromBase: 16));

    /// <summary>Any type but texts.</summary>
    public static readonly Gen<ProfilePoint> Numbers =
        from type in Gen.Enum<PointType>().Where(t => t != PointType.Text)
        from order in Gen.Enum<RegisterOrder>()
        from kind in Gen.OneOf(PointKind.Level, PointKind.Register)
        from numbers in Gen.Select(Gen.OneOf(Scales), Gen.OneOf(Divisors), Gen.OneOf(Offsets))
        from length in Gen.Int[1, 5]
        from part in Gen.Select(Gen.Int[0, 63], Gen.Int[0, 63], Gen.Bool)
        select Part(Plain(type, order, length), part) with
        {
            Kind = kind,
            Scale = numbers.Item1,
            Divide = numbers.Item2,
            Offset = numbers.Item3,
        };

    /// <summary>Registers that hold a number, or for floats perhaps none.</summary>
    public static readonly Gen<(ProfilePoint Point, ushort[] Registers)> Readings =
        from point in Numbers
        from registers in (point.Type == PointType.Bcd ? FourDigits : Gen.UShort).Array[point.RegisterCount]
        select (point, point.Type == PointType.Bcd ? Swapped(point.Order, registers) : registers);

    public static ProfilePoint Plain(PointType type, RegisterOrder order = RegisterOrder.ABCD, int length = 1) => new()
    {
        Name = "Quantity",
        Group = "fast",
        Kind = PointKind.Level,
        Medium = "air",
        Unit = "1",
        Resolution = 1,
        Type = type,
        Order = order,
        Length = length,
    };

    public static ushort[] Encode(ProfilePoint point, decimal engineering)
    {
        var registers = new ushort[point.RegisterCount];
        PointCodec.Encode(point, engineering, registers);
        return registers;
    }

    public static ushort[] EncodeExactly(ProfilePoint point, decimal engineering)
    {
        var registers = new ushort[point.RegisterCount];
        PointCodec.EncodeExactly(point, engineering, registers);
        return registers;
    }

    private static ProfilePoint Part(ProfilePoint point, (int One, int Other, bool Whole) part)
    {
        var bits = 16 * point.RegisterCount;
        var (low, high) = (Math.Min(part.One, part.Other) % bits, Math.Max(part.One, part.Other) % bits);
        return point.Type switch
        {
            PointType.Bit => point with { Bits = new BitRange(low, 1) },
            PointType.UInt8 or PointType.Int8 => point with { Bits = new BitRange(part.Whole ? 0 : 8, 8) },
            PointType.UInt16 or PointType.UInt32 or PointType.UInt64 when !part.Whole =>
                point with { Bits = new BitRange(Math.Min(low, high), Math.Abs(high - low) + 1) },
            _ => point,
        };
    }

    // Digits are digits in either order of the bytes.
    private static ushort[] Swapped(RegisterOrder order, ushort[] registers) =>
        order is RegisterOrder.BADC or RegisterOrder.DCBA ? [.. registers.Select(r => (ushort)((r << 8) | (r >> 8)))] : registers;
}
