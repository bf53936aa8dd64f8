using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// A place in a JSON message: names with dots between (<c>data.flow</c>), <c>["a.b"]</c> for a name that has dots, <c>[0]</c> for an item
/// of a list, <c>[id=F1]</c> for the first item whose <c>id</c> is F1. The empty path is the message itself.
/// </summary>
public sealed partial class JsonPath
{
    private readonly IReadOnlyList<Step> _steps;

    private JsonPath(IReadOnlyList<Step> steps) => _steps = steps;

    /// <summary>Of an item: all it has. Of an object: a name. Of a list: a place, or a name and what stands there.</summary>
    private sealed record Step(string? Name, int? Index, string? Value);

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = new List<Step>();
        var at = 0;
        while (at < text.Length && StepPattern().Match(text, at) is { Success: true } step)
        {
            steps.Add(ToStep(step.Groups));
            at += step.Length;
        }
        path = at == text.Length ? new(steps) : null;
        return path is not null;
    }

    /// <exception cref="FormatException">The text is no path.</exception>
    public static JsonPath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new FormatException($"'{text}' is no path like a.b, a[0].b or a[id=F1].b");

    /// <summary>What stands there; null when nothing does.</summary>
    public JsonElement? Find(JsonElement root)
    {
        JsonElement? at = root;
        for (var i = 0; i < _steps.Count && at is { } element; i++) at = Take(element, _steps[i]);
        return at;
    }

    private static Step ToStep(GroupCollection groups)
    {
        if (groups["index"] is { Success: true } index) return new(null, int.Parse(index.Value, CultureInfo.InvariantCulture), null);
        var name = groups["key"] is { Success: true } key ? key : groups["quoted"] is { Success: true } quoted ? quoted : groups["name"];
        return new(name.Value, null, groups["value"] is { Success: true } value ? value.Value : null);
    }

    private static JsonElement? Take(JsonElement at, Step step) => step switch
    {
        { Index: { } index } => at.ValueKind == JsonValueKind.Array && index < at.GetArrayLength() ? at[index] : null,
        { Value: { } value } => at.ValueKind == JsonValueKind.Array ? Select(at, step.Name ?? "", value) : null,
        _ => Property(at, step.Name ?? ""),
    };

    private static JsonElement? Select(JsonElement list, string name, string value)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (Property(item, name) is { } found && IsSame(found, value)) return item;
        }
        return null;
    }

    private static bool IsSame(JsonElement found, string value) =>
        found.ValueKind == JsonValueKind.String ? found.ValueEquals(value) : found.GetRawText() == value;

    private static JsonElement? Property(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var found) ? found : null;

    [GeneratedRegex("""
        \G(?:(?:^|(?<=.)\.)(?<name>[^.\[\]"=]+)|\[(?<index>[0-9]{1,6})\]|\["(?<quoted>[^"]+)"\]|\[(?<key>[^=\[\]"]+)=(?<value>[^\[\]]*)\])
        """)]
    private static partial Regex StepPattern();
}
