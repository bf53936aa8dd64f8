using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>What a meter is asked for: eight hexadecimal digits in the edition of 2007, four in that of 1997.</summary>
public readonly record struct DltIdentifier(DltEdition Edition, uint Code)
{
    /// <summary>Bytes on the wire, the lowest first.</summary>
    public int Length => LengthIn(Edition);

    /// <exception cref="FormatException">Neither four nor eight hexadecimal digits.</exception>
    public static DltIdentifier Parse(string text) =>
        TryParse(text, out var identifier) ? identifier : throw new FormatException($"'{text}' is no data identifier");

    public static bool TryParse([NotNullWhen(true)] string? text, out DltIdentifier identifier)
    {
        var sound = uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && text.Length is 4 or 8;
        identifier = sound ? new DltIdentifier(text?.Length == 4 ? DltEdition.Edition1997 : DltEdition.Edition2007, code) : default;
        return sound;
    }

    public override string ToString() => Code.ToString(Edition == DltEdition.Edition1997 ? "X4" : "X8", CultureInfo.InvariantCulture);

    private static int LengthIn(DltEdition edition) => edition == DltEdition.Edition1997 ? 2 : 4;

    /// <summary>Null when the bytes are too few.</summary>
    public static DltIdentifier? Read(DltEdition edition, ReadOnlySpan<byte> data)
    {
        if (data.Length < LengthIn(edition))
            return null;
        var code = 0U;
        for (var i = LengthIn(edition) - 1; i >= 0; i--)
            code = (code << 8) | data[i];
        return new DltIdentifier(edition, code);
    }

    public void Write(Span<byte> data)
    {
        for (var i = 0; i < Length; i++)
            data[i] = (byte)(Code >> (8 * i));
    }
}
