using System.Globalization;
using System.Text.Json;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>Finds values in a JSON message by paths such as <c>flow</c> or <c>data.flow</c>.</summary>
internal static class JsonPath
{
    /// <summary>The value at the path, or null.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        var at = root;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        }
        return at;
    }

    /// <summary>The exact number at the path; numbers written as text count. Null when there is none.</summary>
    public static decimal? Number(JsonElement root, string path) => Find(root, path) switch
    {
        { ValueKind: JsonValueKind.Number } e when e.TryGetDecimal(out var number) => number,
        { ValueKind: JsonValueKind.String } e when TryParse(e.GetString(), out var number) => number,
        _ => null,
    };

    /// <summary>
    /// The instant at the path, ms since 1970 UTC: a number of ms, or ISO 8601 text with an offset. Null when there is none.
    /// </summary>
    public static long? Instant(JsonElement root, string path) => Find(root, path) switch
    {
        { ValueKind: JsonValueKind.Number } e when e.TryGetInt64(out var ms) => ms,
        { ValueKind: JsonValueKind.String } e when e.TryGetDateTimeOffset(out var instant) => instant.ToUnixTimeMilliseconds(),
        _ => null,
    };

    private static bool TryParse(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
