namespace AirIsland.Fieldbus.Profiles;

/// <summary>A whole number as decimal digits, four in each register, four bits a digit, the highest first.</summary>
internal static class PackedDecimal
{
    /// <summary>28 digits: what a decimal holds.</summary>
    public const int MostRegisters = 7;

    private const int Digits = 4;

    /// <summary>One more than the largest number.</summary>
    public static decimal Width(int registers)
    {
        var width = 1m;
        for (var i = 0; i < registers; i++)
            width *= 10_000;
        return width;
    }

    /// <summary>Null when four bits hold no digit.</summary>
    public static decimal? Load(ReadOnlySpan<ushort> registers)
    {
        UInt128 number = 0;
        foreach (var register in registers)
        {
            for (var shift = 4 * (Digits - 1); shift >= 0; shift -= 4)
            {
                var digit = (register >> shift) & 0xF;
                if (digit > 9)
                    return null;
                number = (10 * number) + (UInt128)digit;
            }
        }

        return (decimal)number;
    }

    /// <param name="number">A whole number from 0 up to, not including, <see cref="Width"/>.</param>
    /// <param name="registers">At most <see cref="MostRegisters"/>.</param>
    public static void Store(decimal number, Span<ushort> registers)
    {
        var rest = (UInt128)number;
        for (var i = registers.Length - 1; i >= 0; i--)
        {
            registers[i] = 0;
            for (var digit = 0; digit < Digits; digit++, rest /= 10)
                registers[i] |= (ushort)((uint)(rest % 10) << (4 * digit));
        }
    }
}
