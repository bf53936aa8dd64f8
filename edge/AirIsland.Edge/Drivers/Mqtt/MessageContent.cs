using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>What a message says: JSON, or a bare number or text.</summary>
internal static class MessageContent
{
    // Ten years, in ms: no time of ours less that is before 1970.
    private const decimal LongestUptime = 315_576_000_000m;

    /// <summary>A bare text, as small gateways send it, is read as if it stood in quotes.</summary>
    /// <exception cref="JsonException">It is no JSON, and no bare value is expected.</exception>
    public static JsonElement Parse(ReadOnlySequence<byte> payload, bool isBare)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.Clone();
        }
        catch (JsonException) when (isBare && Encoding.UTF8.GetString(payload).Trim() is { Length: > 0 } text)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    /// <summary>A hash, never 0: what a broker delivers again has the same.</summary>
    public static long Hash(ReadOnlySequence<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in payload) sha.AppendData(part.Span);
        sha.GetHashAndReset(hash);
        return BitConverter.ToInt64(hash) | 1;
    }

    /// <summary>The exact number; one written as text counts. Null when it is none.</summary>
    public static decimal? Number(JsonElement? at) => at switch
    {
        { ValueKind: JsonValueKind.Number } e when e.TryGetDecimal(out var number) => number,
        { ValueKind: JsonValueKind.String } e when TryParse(e.GetString(), out var number) => number,
        _ => null,
    };

    /// <summary>The code of a state: by its text, 1 for true and 0 for false, or the number. Null when it is none of these.</summary>
    public static decimal? Code(JsonElement? at, IReadOnlyDictionary<string, long>? texts) => at switch
    {
        { ValueKind: JsonValueKind.String } e when texts?.TryGetValue(e.GetString() ?? "", out var code) == true => code,
        { ValueKind: JsonValueKind.True } => 1,
        { ValueKind: JsonValueKind.False } => 0,
        _ => Number(at),
    };

    /// <summary>
    /// The instant, ms since 1970 UTC: a number in the source's unit, or ISO 8601 text with an offset. Null when it is none: a time without
    /// an offset names no instant.
    /// </summary>
    public static long? Instant(JsonElement? at, TimestampUnit unit)
    {
        if (Number(at) is { } number)
        {
            var ms = unit == TimestampUnit.S && Math.Abs(number) < long.MaxValue ? number * 1000 : number;
            return Math.Abs(ms) <= long.MaxValue ? (long)Math.Floor(ms) : long.MaxValue;
        }
        return at is { ValueKind: JsonValueKind.String } text && HasOffset(text.GetString() ?? "")
            && text.TryGetDateTimeOffset(out var instant) ? instant.ToUnixTimeMilliseconds() : null;
    }

    /// <summary>What it says of its source's clock; null when the profile names no place for that, or nothing sound is there.</summary>
    public static SourceClock? Clock(JsonElement message, BoundDevice device, MqttArrival arrival)
    {
        var profile = device.Profile;
        if (profile.BootPath is null || profile.UptimePath is null) return null;
        var boot = JsonPath.Parse(profile.BootPath).Find(message);
        var unit = profile.UptimeUnit == TimestampUnit.S ? 1000 : 1;
        return boot is { ValueKind: JsonValueKind.String or JsonValueKind.Number }
            && Number(JsonPath.Parse(profile.UptimePath).Find(message)) is { } uptime && uptime >= 0 && uptime <= LongestUptime / unit
            ? new(device.Options.Id, boot.Value.ToString(), (long)(uptime * unit), arrival.Message.Retain ? null : arrival.At)
            : null;
    }

    private static bool HasOffset(string text) =>
        text.Contains('T', StringComparison.Ordinal) && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-'));

    private static bool TryParse(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
