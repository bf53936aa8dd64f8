using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// The JSON schema of settings files, made of the types that they are bound to and the comments on them: what it says is what the edge
/// reads. Ranges and rules between settings are the verb <c>check</c>'s.
/// </summary>
internal static class SettingsSchema
{
    private const string Time = @"^-?(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?$";

    private static readonly JsonSerializerOptions Shape = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyWhatCanBeSet } },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema, indented.</summary>
    public static string Text { get; } = Make().ToJsonString(Format);

    private static JsonObject Make()
    {
        var comments = CodeComments.Load();
        var exporter = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Described(context, node, comments),
        };
        var edge = Shape.GetJsonSchemaAsNode(typeof(EdgeOptions), exporter);
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Settings of an AirIsland edge",
            ["type"] = "object",
            ["properties"] = new JsonObject { [EdgeOptions.Section] = edge },
            ["required"] = new JsonArray(EdgeOptions.Section),
        };
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node, CodeComments comments)
    {
        if (node is not JsonObject schema) return node;
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        schema.Remove("$comment");
        if (type == typeof(TimeSpan)) schema["pattern"] = Time;
        if (context.PropertyInfo is { AttributeProvider: PropertyInfo property } && comments.Of(property) is { } comment)
            schema["description"] = comment;
        return schema;
    }

    // What is computed from settings is no setting.
    private static void OnlyWhatCanBeSet(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in type.Properties.Where(p => p.Set is null).ToArray()) type.Properties.Remove(property);
    }
}
