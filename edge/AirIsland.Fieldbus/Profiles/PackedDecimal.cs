namespace AirIsland.Fieldbus.Profiles;

/// <summary>A whole number as twelve decimal digits in three registers, four bits a digit, the highest first.</summary>
internal static class PackedDecimal
{
    /// <summary>One more than the largest number.</summary>
    public const decimal Width = 1_000_000_000_000m;

    private const int Registers = 3;
    private const int Digits = 4;

    /// <summary>Null when four bits hold no digit.</summary>
    public static decimal? Load(ReadOnlySpan<ushort> registers)
    {
        var number = 0L;
        foreach (var register in registers)
        {
            for (var shift = 4 * (Digits - 1); shift >= 0; shift -= 4)
            {
                var digit = (register >> shift) & 0xF;
                if (digit > 9)
                    return null;
                number = (10 * number) + digit;
            }
        }

        return number;
    }

    /// <param name="number">A whole number from 0 up to, not including, <see cref="Width"/>.</param>
    /// <param name="registers">Three.</param>
    public static void Store(decimal number, Span<ushort> registers)
    {
        var rest = (long)number;
        for (var i = Registers - 1; i >= 0; i--)
        {
            registers[i] = 0;
            for (var digit = 0; digit < Digits; digit++, rest /= 10)
                registers[i] |= (ushort)((rest % 10) << (4 * digit));
        }
    }
}
