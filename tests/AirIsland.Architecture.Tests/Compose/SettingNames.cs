using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests.Compose;

/// <summary>
/// Whether a setting exists, by the sources: the section's options class has a property of that name, whose class has one of the next,
/// and so on; below a dictionary and a list any key and number stands for an entry.
/// </summary>
internal sealed class SettingNames(IReadOnlyList<SourceFile> files)
{
    /// <param name="folder">Of the project, because two projects may have a class of one name.</param>
    /// <param name="options">The class of the section.</param>
    /// <param name="path">What stands below it.</param>
    public bool Exists(string folder, string options, IReadOnlyList<string> path)
    {
        var type = options;
        for (var i = 0; i < path.Count; i++)
        {
            if (Property(folder, Plain(type), path[i]) is not { } found) return false;
            type = found;
            // One step into a dictionary or a list is a key; what comes next is of its entries.
            while (Entry(type) is { } entry && i + 1 < path.Count)
            {
                i++;
                type = entry;
            }
        }
        return true;
    }

    private string? Property(string folder, string type, string name) => files
        .Where(f => f.IsCSharp && f.Path.StartsWith(folder, StringComparison.Ordinal))
        .SelectMany(f => f.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>())
        .Where(t => t.Identifier.ValueText == type)
        .SelectMany(t => t.Members.OfType<PropertyDeclarationSyntax>())
        .FirstOrDefault(p => p.Identifier.ValueText == name && p.AccessorList?.Accessors.Count > 1)?.Type.ToString();

    private static string Plain(string type) => type.TrimEnd('?');

    private static string? Entry(string type)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal)) return type[..^2];
        var (open, close) = (type.IndexOf('<', StringComparison.Ordinal), type.LastIndexOf('>'));
        if (open < 0) return null;
        var inner = type[(open + 1)..close];
        return type[..open].EndsWith("Dictionary", StringComparison.Ordinal)
            ? inner[(inner.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim()
            : inner;
    }
}
