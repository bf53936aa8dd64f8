using System.Diagnostics.CodeAnalysis;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// How a number lies in data bytes: two digits a byte, the lowest pair first, with a fixed number of decimals; where signed, the top
/// bit of the highest digit is the minus.
/// </summary>
/// <param name="Bytes">1 to 8: two digits each.</param>
/// <param name="Decimals">Digits behind the point.</param>
/// <param name="Unit">UCUM; <c>1</c> for a pure number.</param>
/// <param name="IsSigned">Whether the top bit says minus.</param>
public sealed record DltFormat(int Bytes, int Decimals, string Unit, bool IsSigned = false)
{
    private const byte Filler = 0xFF;
    private const byte Minus = 0x80;

    private const char Digit = 'X';

    /// <summary>One of the last digit.</summary>
    public decimal Step => new(1, 0, 0, false, (byte)Decimals);

    /// <summary>One step more than the largest magnitude.</summary>
    public decimal Width
    {
        get
        {
            var width = IsSigned ? 8m : 10m;
            for (var i = 1; i < 2 * Bytes; i++)
                width *= 10;
            return width * Step;
        }
    }

    /// <summary>
    /// Reads a form as the standard writes it: <c>XXXXXX.XX</c>, with a minus before it where the top bit is one. False for an odd number
    /// of digits, for none and for more than sixteen.
    /// </summary>
    public static bool TryParse(string? text, string unit, [NotNullWhen(true)] out DltFormat? format)
    {
        format = null;
        if (text is null)
            return false;
        var digits = text.StartsWith('-') ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits.Remove(point, 1);
        if (whole.Length is 0 or > 16 || whole.Length % 2 != 0 || whole.Any(c => c != Digit) || point == digits.Length - 1)
            return false;
        format = new DltFormat(whole.Length / 2, point < 0 ? 0 : digits.Length - 1 - point, unit, IsSigned: digits.Length != text.Length);
        return true;
    }

    /// <summary>
    /// The number, exactly as the meter has it. Null when any half byte is no digit: fillers FF and EE, and damage, are missing.
    /// </summary>
    /// <exception cref="ArgumentException">Not <see cref="Bytes"/> bytes.</exception>
    public decimal? Decode(ReadOnlySpan<byte> data)
    {
        if (data.Length != Bytes)
            throw new ArgumentException($"{data.Length} bytes; the format has {Bytes}", nameof(data));
        var negative = IsSigned && (data[^1] & Minus) != 0;
        var digits = 0L;
        for (var i = Bytes - 1; i >= 0; i--)
        {
            var pair = negative && i == Bytes - 1 ? data[i] & ~Minus : data[i];
            if ((pair >> 4) > 9 || (pair & 0x0F) > 9)
                return null;
            digits = (100 * digits) + (10 * (pair >> 4)) + (pair & 0x0F);
        }

        return (negative ? -digits : digits) * Step;
    }

    /// <summary>
    /// Writes the number, rounded half to even at the last digit; fillers FF for null, and for a number that the digits cannot hold.
    /// </summary>
    /// <exception cref="ArgumentException">Not <see cref="Bytes"/> bytes.</exception>
    public void Encode(decimal? value, Span<byte> data)
    {
        if (data.Length != Bytes)
            throw new ArgumentException($"{data.Length} bytes; the format has {Bytes}", nameof(data));
        data.Fill(Filler);
        if (value is not { } number)
            return;
        var rounded = Math.Round(number, Decimals, MidpointRounding.ToEven);
        if (Math.Abs(rounded) >= Width || (rounded < 0 && !IsSigned))
            return;
        var digits = (long)(Math.Abs(rounded) / Step);
        for (var i = 0; i < Bytes; i++, digits /= 100)
            data[i] = (byte)(((digits / 10 % 10) << 4) | (digits % 10));
        if (rounded < 0)
            data[^1] |= Minus;
    }
}
