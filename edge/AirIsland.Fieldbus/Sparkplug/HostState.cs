using System.Text.Json;

namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>
/// Whether a host application is there, and since when it says so (ms since 1970 UTC): the JSON of <c>spBv1.0/STATE/HOST</c>. Of two, the
/// one with the later time counts: a will that comes late must not undo a birth.
/// </summary>
public sealed record HostState(bool IsOnline, long Timestamp)
{
    private const int LargestMessage = 4096;

    public static string Topic(string host) => $"{SparkplugTopic.Namespace}/STATE/{host}";

    /// <summary>Null when that is no state.</summary>
    public static HostState? Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > LargestMessage) return null;
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("online", out var online) && online.ValueKind is JsonValueKind.True or JsonValueKind.False
                && root.TryGetProperty("timestamp", out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var ms)
                ? new(online.GetBoolean(), ms)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(new { online = IsOnline, timestamp = Timestamp });
}
