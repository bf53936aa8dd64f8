using System.Globalization;
using System.Text.Json;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// Reads an address: a number or <c>"0x016A"</c>, counted from the profile's base, or a five- or six-digit text like <c>"40001"</c> or
/// <c>"400001"</c>, whose first digit names the table and whose others count from 1.
/// </summary>
internal static class AddressReader
{
    private const string Field = "address";

    /// <summary>Zero-based. Without a table where the address does not name one.</summary>
    public static (RegisterTable? Table, ushort Address) Read(FieldReader fields, int firstAddress)
    {
        if (fields.Find(Field) is not { } element)
            return fields.Wrong<(RegisterTable?, ushort)>(Field, "is missing");
        var text = element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : null;
        if (text is { Length: > 0 } && text.All(char.IsAsciiDigit))
            return ReadEntity(fields, text);
        var last = firstAddress + 65535;
        var isNumber = text is null ? TryNumber(element, out var number) : TryHexadecimal(text, out number);
        return isNumber && number >= firstAddress && number <= last
            ? (null, (ushort)(number - firstAddress))
            : fields.Wrong<(RegisterTable?, ushort)>(
                Field, $"must be an address from {firstAddress} to {last} or \"0x{firstAddress:X4}\" to \"0x{last:X4}\"");
    }

    private static bool TryNumber(JsonElement element, out int number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out number);
    }

    private static bool TryHexadecimal(string text, out int number)
    {
        number = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    private static (RegisterTable? Table, ushort Address) ReadEntity(FieldReader fields, string text)
    {
        RegisterTable? table = text[0] switch
        {
            '0' => RegisterTable.Coil,
            '1' => RegisterTable.DiscreteInput,
            '3' => RegisterTable.Input,
            '4' => RegisterTable.Holding,
            _ => null,
        };
        var most = text.Length switch { 5 => 9999, 6 => 65536, _ => 0 };
        var number = most > 0 ? int.Parse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        return table is not null && number >= 1 && number <= most
            ? (table, (ushort)(number - 1))
            : fields.Wrong<(RegisterTable?, ushort)>(
                Field, $"is '{text}'; as a text it is 0, 1, 3 or 4 and then 0001 to 9999 or 00001 to 65536, or hexadecimal");
    }
}
