using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests;

/// <summary>
/// A file as the rules see it: its path from the repository root, with forward slashes, and its text. Whether it was read from disk or
/// planted by a test makes no difference to a rule.
/// </summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<CompilationUnitSyntax> _syntax = new(() =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(documentationMode: DocumentationMode.Parse)).GetCompilationUnitRoot());

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>The text without its last line end, cut into lines.</summary>
    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public CompilationUnitSyntax Syntax => _syntax.Value;

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsRazor => Path.EndsWith(".razor", StringComparison.Ordinal);

    public bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool IsUnder(params string[] folders) => folders.Any(f => Path.StartsWith(f, StringComparison.Ordinal));

    /// <summary>A breach at a node of this file: <c>path:line: what</c>.</summary>
    public string At(SyntaxNode node, string what) => At(node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, what);

    public string At(int line, string what) => $"{Path}:{line}: {what}";
}
