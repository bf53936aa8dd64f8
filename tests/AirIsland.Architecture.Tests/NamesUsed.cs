using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests;

/// <summary>
/// The dotted names that a C# file mentions, by <c>using</c> (plain, static, alias) or in full where they stand. Nothing is compiled, so
/// a name that starts inside an enclosing namespace (<c>Proto.Telemetry</c> inside <c>AirIsland.Cloud</c>) is also given in full.
/// </summary>
internal static class NamesUsed
{
    public static IEnumerable<(string Name, SyntaxNode Node)> In(SourceFile file)
    {
        foreach (var directive in file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>())
        {
            yield return (Dotted(directive.NamespaceOrType) ?? "", directive);
        }
        foreach (var node in file.Syntax.DescendantNodes(n => n is not UsingDirectiveSyntax).Where(IsWholeName))
        {
            var name = Dotted(node) ?? "";
            foreach (var full in Enclosing(node).Select(n => $"{n}.{name}").Prepend(name)) yield return (full, node);
        }
    }

    public static bool IsWithin(this string name, string space) =>
        name.StartsWith(space, StringComparison.Ordinal) && (name.Length == space.Length || name[space.Length] == '.');

    /// <summary>A dotted name that is not the beginning of a longer one, nor the name of a namespace declaration.</summary>
    private static bool IsWholeName(SyntaxNode node) =>
        IsDotted(node) && !(node.Parent is { } parent && IsDotted(parent)) && node.Parent is not BaseNamespaceDeclarationSyntax;

    private static bool IsDotted(SyntaxNode node) =>
        node is QualifiedNameSyntax or MemberAccessExpressionSyntax && Dotted(node) is not null;

    private static string? Dotted(SyntaxNode node) => node switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => Join(Dotted(qualified.Left), qualified.Right),
        MemberAccessExpressionSyntax access => Join(Dotted(access.Expression), access.Name),
        _ => null,
    };

    private static string? Join(string? left, SimpleNameSyntax right) =>
        left is null ? null : $"{left}.{right.Identifier.ValueText}";

    private static IEnumerable<string> Enclosing(SyntaxNode node)
    {
        var spaces = node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Select(n => n.Name.ToString()).Reverse();
        for (var space = string.Join('.', spaces); space.Length > 0; space = space[..Math.Max(0, space.LastIndexOf('.'))])
        {
            yield return space;
        }
    }
}
