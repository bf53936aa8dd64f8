using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace AirIsland.Cloud.Stations;

/// <summary>An instant between grains: ms since 1970 UTC, the store's own resolution.</summary>
internal sealed class InstantJsonConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Instant.FromUnixTimeMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}
