using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AirIsland.Edge.Configuration;

/// <summary>The summaries of properties, as plain text, from the file that the compiler writes beside the program.</summary>
internal sealed partial class CodeComments
{
    private readonly Dictionary<string, string> _summaries;

    private CodeComments(Dictionary<string, string> summaries) => _summaries = summaries;

    public static CodeComments Load()
    {
        var file = Path.ChangeExtension(typeof(CodeComments).Assembly.Location, ".xml");
        if (!File.Exists(file)) return new([]);
        var members = XDocument.Load(file).Descendants("member");
        return new(members.Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Plain(m.Element("summary")!), StringComparer.Ordinal));
    }

    public string? Of(PropertyInfo property) => _summaries.GetValueOrDefault($"P:{property.DeclaringType}.{property.Name}");

    private static string Plain(XElement summary)
    {
        foreach (var reference in summary.Descendants("see").ToArray())
            reference.ReplaceWith(((string?)reference.Attribute("cref") ?? "").Split('.', ':')[^1]);
        return Spaces().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
