using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// The address of a meter: twelve decimal digits, written as on its plate, the highest first. A pair <c>AA</c> stands for any two
/// digits: <see cref="Any"/> is every meter of a line.
/// </summary>
public readonly record struct MeterAddress
{
    /// <summary>Bytes on the wire, the lowest pair of digits first.</summary>
    public const int Length = 6;

    private const int Digits = 2 * Length;
    private const byte Wildcard = 0xAA;

    private readonly ulong _packed;

    private MeterAddress(ulong packed) => _packed = packed;

    /// <summary>All wildcards: whoever hears it answers.</summary>
    public static MeterAddress Any { get; } = new(0xAAAA_AAAA_AAAA);

    /// <summary>Whether it names one meter: digits only.</summary>
    public bool IsExact
    {
        get
        {
            for (var i = 0; i < Length; i++)
            {
                if (!IsDecimal(this[i]))
                    return false;
            }

            return true;
        }
    }

    /// <summary>A pair of digits, 0 the lowest.</summary>
    private byte this[int pair] => (byte)(_packed >> (8 * pair));

    /// <exception cref="FormatException">Not twelve digits, or a wildcard that is no pair.</exception>
    public static MeterAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no meter address: it has twelve digits");

    public static bool TryParse([NotNullWhen(true)] string? text, out MeterAddress address)
    {
        address = default;
        if (text?.Length != Digits
            || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var packed))
            return false;
        var parsed = new MeterAddress(packed);
        for (var i = 0; i < Length; i++)
        {
            if (!IsDecimal(parsed[i]) && parsed[i] != Wildcard)
                return false;
        }

        address = parsed;
        return true;
    }

    /// <summary>Whether a meter with that address answers when this one is asked.</summary>
    public bool Covers(MeterAddress meter)
    {
        for (var i = 0; i < Length; i++)
        {
            if (this[i] != Wildcard && this[i] != meter[i])
                return false;
        }

        return true;
    }

    public override string ToString() => _packed.ToString("X12", CultureInfo.InvariantCulture);

    /// <summary>Takes whatever six bytes a frame has; <see cref="IsExact"/> tells whether they are an address.</summary>
    public static MeterAddress Read(ReadOnlySpan<byte> bytes)
    {
        var packed = 0UL;
        for (var i = Length - 1; i >= 0; i--)
            packed = (packed << 8) | bytes[i];
        return new MeterAddress(packed);
    }

    public void Write(Span<byte> bytes)
    {
        for (var i = 0; i < Length; i++)
            bytes[i] = this[i];
    }

    /// <summary>The same address with one pair of digits, 0 the lowest, set to a number from 0 to 99.</summary>
    internal MeterAddress With(int pair, int number)
    {
        var digits = (ulong)(((number / 10) << 4) | (number % 10));
        return new MeterAddress((_packed & ~(0xFFUL << (8 * pair))) | (digits << (8 * pair)));
    }

    private static bool IsDecimal(byte pair) => (pair & 0x0F) <= 9 && pair >> 4 <= 9;
}
