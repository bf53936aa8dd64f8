using System.Text.Json;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>Reads where a point comes from that is published: a place in a message of MQTT, or a metric of Sparkplug.</summary>
internal static class PathReader
{
    private const string TextsMistake = "must be an object of text to state code, each text once";

    public static readonly string[] Fields = ["path", "topic", "texts"];

    /// <summary>MQTT: a path into the message (none: the message is the value), the topic's last part, and what texts mean.</summary>
    public static ProfilePoint ReadMessage(FieldReader fields, ProfilePoint point)
    {
        var path = fields.Text("path") ?? "";
        fields.Check(JsonPath.TryParse(path, out _), $"path '{path}' is none like a.b, a[0].b or a[id=F1].b", "path");
        var topic = fields.Text("topic");
        fields.Check(topic is null || IsTopic(topic), $"topic '{topic}' is no part of a topic", "topic");
        return point with { Path = path, Topic = topic, Texts = ReadTexts(fields) };
    }

    /// <summary>Sparkplug: the metric's name.</summary>
    public static ProfilePoint ReadMetric(FieldReader fields, ProfilePoint point)
    {
        foreach (var name in Fields[1..])
            fields.Check(fields.Find(name) is null, $"{name} belongs to MQTT points");
        return point with { Path = fields.RequiredText("path") };
    }

    private static bool IsTopic(string topic) => topic.AsSpan().IndexOfAny("+#\0") < 0 && !topic.StartsWith('/') && !topic.EndsWith('/');

    private static Dictionary<string, long>? ReadTexts(FieldReader fields)
    {
        if (fields.Find("texts") is not { } element)
            return null;
        var texts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
            return fields.Wrong<Dictionary<string, long>>("texts", TextsMistake);
        var sound = true;
        foreach (var entry in element.EnumerateObject())
        {
            sound &= entry.Value.ValueKind == JsonValueKind.Number
                && entry.Value.TryGetInt64(out var code)
                && texts.TryAdd(entry.Name, code);
        }

        return sound && texts.Count > 0 ? texts : fields.Wrong<Dictionary<string, long>>("texts", TextsMistake);
    }
}
