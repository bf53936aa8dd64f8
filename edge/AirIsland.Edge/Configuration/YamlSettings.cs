using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AirIsland.Edge.Configuration;

/// <summary>A YAML document as settings: the same paths and texts that the same JSON would give.</summary>
internal static class YamlSettings
{
    // Aliases may stand for much: a file of a few lines must not become a memory full of settings.
    private const int MaxSettings = 200_000;
    private const int MaxDepth = 32;

    /// <exception cref="YamlException">It is no YAML, or more than one document, or too much.</exception>
    public static Dictionary<string, string?> Read(TextReader text)
    {
        var yaml = new YamlStream();
        yaml.Load(text);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (yaml.Documents.Count > 1) throw new YamlException(yaml.Documents[1].RootNode.Start, default, "a second document begins");
        if (yaml.Documents.Count == 1) Add(settings, "", yaml.Documents[0].RootNode, 0);
        return settings;
    }

    private static void Add(Dictionary<string, string?> settings, string path, YamlNode node, int depth)
    {
        if (depth > MaxDepth) throw new YamlException(node.Start, node.End, $"nested deeper than {MaxDepth}");
        if (settings.Count > MaxSettings) throw new YamlException(node.Start, node.End, $"more than {MaxSettings} settings");
        switch (node)
        {
            case YamlMappingNode mapping:
                if (mapping.Children.Count == 0) settings.TryAdd(path, null);
                foreach (var (key, value) in mapping.Children) Add(settings, Below(path, NameOf(key)), value, depth + 1);
                break;
            case YamlSequenceNode sequence:
                if (sequence.Children.Count == 0) settings.TryAdd(path, null);
                foreach (var (index, item) in sequence.Children.Index())
                    Add(settings, Below(path, index.ToString(CultureInfo.InvariantCulture)), item, depth + 1);
                break;
            case YamlScalarNode scalar:
                if (!settings.TryAdd(path, TextOf(scalar))) throw new YamlException(node.Start, node.End, $"{path} is given twice");
                break;
        }
    }

    private static string NameOf(YamlNode key) =>
        key is YamlScalarNode { Value: { } name } ? name : throw new YamlException(key.Start, key.End, "a name is wanted");

    private static string? TextOf(YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null" ? null : scalar.Value;

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";
}
