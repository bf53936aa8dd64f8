using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests.Tidy;

/// <summary>Rule 8, the shape of code: one idea a file, short methods, few dependencies, a sentence on every public type.</summary>
internal static class ShapeRules
{
    public const int MethodLines = 60;
    public const int Dependencies = 5;

    /// <summary>At most one public type at the top of a file. Nested types and internal helpers do not count.</summary>
    public static Verdict OnePublicType(IEnumerable<SourceFile> files) => OfCSharp(files, file =>
        TopTypes(file).Where(IsPublic).ToList() is { Count: > 1 } types
            ? [file.At(types[1], $"a second public type: {string.Join(", ", types.Select(NameOf))}")]
            : []);

    /// <summary>
    /// From the line of the name to the closing brace; attributes and comments above do not count. A local function counts inside its
    /// method and for itself; the top-level statements of a program are one method.
    /// </summary>
    public static Verdict MethodLength(IEnumerable<SourceFile> files) => OfCSharp(files, file =>
        from body in file.Syntax.DescendantNodes().Where(IsBody).Append(file.Syntax)
        let lines = LinesOf(body)
        where lines > MethodLines
        select file.At(body, $"a method of {lines} lines, {MethodLines} are the limit"));

    /// <summary>
    /// A class that is not a record takes at most five dependencies in a constructor, primary or not. A dependency is a parameter of any
    /// type but a value: a C# keyword (<c>int</c>, <c>string</c>, <c>object</c>), an array or nullable of one, or a <c>TimeSpan</c>.
    /// Records and structs are data: their parameters are fields.
    /// </summary>
    public static Verdict ConstructorParameters(IEnumerable<SourceFile> files) => OfCSharp(files, file =>
        from type in file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>()
        from parameters in type.Members.OfType<ConstructorDeclarationSyntax>().Select(c => c.ParameterList).Append(type.ParameterList)
        let count = parameters?.Parameters.Count(p => !IsValue(p.Type)) ?? 0
        where count > Dependencies
        select file.At(type, $"{type.Identifier} takes {count} dependencies, {Dependencies} are the limit"));

    /// <summary>Every public type says in a <c>&lt;summary&gt;</c> what it is; of a partial type one part does.</summary>
    public static Verdict PublicTypesAreDescribed(IEnumerable<SourceFile> files) => Verdict.Of(
        files.Where(f => f.IsCSharp)
            .SelectMany(f => TopTypes(f).Where(IsPublic), (file, type) => (file, type))
            .GroupBy(t => (t.type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString(), NameOf(t.type))),
        parts => parts.Any(p => HasSummary(p.type))
            ? []
            : [parts.First().file.At(parts.First().type, $"{NameOf(parts.First().type)} has no <summary>")]);

    private static bool IsValue(TypeSyntax? type) => type switch
    {
        PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "TimeSpan" } => true,
        NullableTypeSyntax nullable => IsValue(nullable.ElementType),
        ArrayTypeSyntax array => IsValue(array.ElementType),
        _ => false,
    };

    private static Verdict OfCSharp(IEnumerable<SourceFile> files, Func<SourceFile, IEnumerable<string>> breaches) =>
        Verdict.Of(files.Where(f => f.IsCSharp), breaches);

    private static IEnumerable<MemberDeclarationSyntax> TopTypes(SourceFile file) =>
        file.Syntax.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        TypeDeclarationSyntax t => $"{t.Identifier.ValueText}{t.TypeParameterList}",
        DelegateDeclarationSyntax d => $"{d.Identifier.ValueText}{d.TypeParameterList}",
        BaseTypeDeclarationSyntax b => b.Identifier.ValueText,
        _ => "",
    };

    private static bool HasSummary(SyntaxNode type) => type.GetLeadingTrivia()
        .Select(t => t.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
        .SelectMany(d => d.Content.OfType<XmlElementSyntax>()).Any(e => e.StartTag.Name.ToString() == "summary");

    private static bool IsBody(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            or PropertyDeclarationSyntax { ExpressionBody: not null };

    private static int LinesOf(SyntaxNode node)
    {
        if (node is CompilationUnitSyntax unit)
        {
            var program = unit.Members.OfType<GlobalStatementSyntax>().ToList();
            return program.Count == 0 ? 0 : Lines(program[0].SpanStart, program[^1]);
        }
        var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        return Lines(attributes?.GetLastToken().GetNextToken().SpanStart ?? node.SpanStart, node);
    }

    private static int Lines(int from, SyntaxNode last)
    {
        var text = last.SyntaxTree.GetText().Lines;
        return text.GetLineFromPosition(last.Span.End).LineNumber - text.GetLineFromPosition(from).LineNumber + 1;
    }
}
