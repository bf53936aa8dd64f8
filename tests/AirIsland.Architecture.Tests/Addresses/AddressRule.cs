using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests.Addresses;

/// <summary>
/// Rule 4: a technology is named only at its address. A global <c>using</c> of one is a breach everywhere: it would open the whole project.
/// C# is read as syntax, Razor as text, project files for <c>&lt;Using&gt;</c>.
/// </summary>
internal static class AddressRule
{
    public static Verdict Judge(IEnumerable<SourceFile> files, IReadOnlyList<Technology> table) =>
        Verdict.Of(files.Where(f => f.IsCSharp || f.IsRazor || f.IsProject), f => table.SelectMany(t => Breaches(f, t)));

    private static IEnumerable<string> Breaches(SourceFile file, Technology technology) => file switch
    {
        { IsProject: true } => InProject(file, technology),
        { IsRazor: true } => technology.LivesAt(file.Path) ? [] : InRazor(file, technology),
        _ => InCSharp(file, technology),
    };

    private static IEnumerable<string> InProject(SourceFile file, Technology technology) =>
        from item in XDocument.Parse(file.Text).Descendants("Using")
        let space = item.Attribute("Include")?.Value
        where space is not null && technology.Namespaces.Any(space.IsWithin)
        select $"{file.Path}: <Using Include=\"{space}\"> opens {technology.Name} to the whole project";

    private static IEnumerable<string> InRazor(SourceFile file, Technology technology) =>
        from space in technology.Namespaces
        where Regex.IsMatch(file.Text, $@"(?<![\w.]){Regex.Escape(space)}(?![\w])")
        select $"{file.Path}: {technology.Name} does not live here ({space})";

    private static IEnumerable<string> InCSharp(SourceFile file, Technology technology)
    {
        var atHome = technology.LivesAt(file.Path);
        foreach (var (name, node) in NamesUsed.In(file).Where(n => technology.Namespaces.Any(n.Name.IsWithin)))
        {
            if (node is UsingDirectiveSyntax directive && directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
            {
                yield return file.At(node, $"a global using opens {technology.Name} to the whole project");
            }
            else if (!atHome)
            {
                yield return file.At(node, $"{technology.Name} does not live here ({name})");
            }
        }
        if (atHome) yield break;
        foreach (var word in file.Syntax.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (!technology.Telltales.Contains(word.Identifier.ValueText)) continue;
            yield return file.At(word, $"{technology.Name} does not live here ({word.Identifier.ValueText})");
        }
    }
}
