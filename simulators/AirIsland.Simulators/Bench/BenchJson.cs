using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Bench;

/// <summary>How the bench reads and writes JSON: strictly, so that a word written wrong is a mistake and not a default.</summary>
internal static class BenchJson
{
    public static void Set(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        // Other languages do not keep the order of members.
        options.AllowOutOfOrderMetadataProperties = true;
        options.MaxDepth = 8;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }
}
