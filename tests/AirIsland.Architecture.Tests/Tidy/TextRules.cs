using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests.Tidy;

/// <summary>Rule 8, the text of files: how long, how wide, and what must not stand in it.</summary>
internal static partial class TextRules
{
    public const int FileLines = 300;
    public const int Columns = 140;

    private static readonly string[] Program = [".cs", ".razor", ".js", ".proto"];
    private static readonly string[] Written = [.. Program, ".css", ".csproj", ".props", ".sh"];
    private static readonly string[] Descriptions =
        ["summary", "remarks", "param", "typeparam", "returns", "value", "exception", "example", "response"];

    public static Verdict FileLength(IEnumerable<SourceFile> files) => Verdict.Of(
        files.Where(f => Program.Contains(Path.GetExtension(f.Path))),
        file => file.Lines.Length > FileLines ? [$"{file.Path}: {file.Lines.Length} lines, {FileLines} are the limit"] : []);

    public static Verdict LineWidth(IEnumerable<SourceFile> files) => Verdict.Of(
        files.Where(f => Written.Contains(Path.GetExtension(f.Path))),
        file => file.Lines.Index()
            .Where(l => l.Item.Length > Columns)
            .Select(l => file.At(l.Index + 1, $"{l.Item.Length} columns, {Columns} are the limit")));

    /// <summary>No folding of code out of sight, no note to self, in comments of any kind; text inside string literals is data.</summary>
    public static Verdict LeftOvers(IEnumerable<SourceFile> files) => Verdict.Of(
        files.Where(f => Written.Contains(Path.GetExtension(f.Path))),
        file => file.IsCSharp ? InTrivia(file) : Notes().Matches(file.Text).Select(m => $"{file.Path}: {m.Value}"));

    /// <summary>No XML tag that promises a description and gives none.</summary>
    public static Verdict EmptyTags(IEnumerable<SourceFile> files) => Verdict.Of(
        files.Where(f => f.IsCSharp),
        file => file.Syntax.DescendantNodes(descendIntoTrivia: true).Where(IsEmptyTag).Select(n => file.At(n, $"{n} says nothing")));

    /// <summary>No path of somebody's machine in what ships and what is read.</summary>
    public static Verdict MachinePaths(IEnumerable<SourceFile> files) => Verdict.Of(files, file => file.Lines.Index()
        .Where(l => MachinePath().IsMatch(l.Item))
        .Select(l => file.At(l.Index + 1, $"{MachinePath().Match(l.Item).Value} is a path of one machine")));

    private static IEnumerable<string> InTrivia(SourceFile file) =>
        from trivia in file.Syntax.DescendantTrivia()
        let region = trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
        let note = Notes().Match(IsComment(trivia) ? trivia.ToFullString() : "")
        where region || note.Success
        select file.At(trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, region ? "#region" : note.Value);

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static bool IsEmptyTag(SyntaxNode node) => node switch
    {
        XmlEmptyElementSyntax alone => Descriptions.Contains(alone.Name.ToString()),
        XmlElementSyntax pair => pair.Content.All(c => c is XmlTextSyntax text && text.TextTokens.All(t => t.Text.Trim().Length == 0)),
        _ => false,
    };

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|#region\b")]
    private static partial Regex Notes();

    [GeneratedRegex(@"(?<![\w.:/-])/(work|tmp|root|home)/|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
