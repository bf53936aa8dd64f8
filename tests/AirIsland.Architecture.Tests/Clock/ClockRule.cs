using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests.Clock;

/// <summary>
/// Rule 6: the system clock is read only in a composition root (<c>*App.cs</c>); everybody else is handed a <c>TimeProvider</c>. Judged is
/// what ships; tests and benchmarks measure the outside world and may look at a real clock.
/// </summary>
internal static partial class ClockRule
{
    private static readonly string[] ClockTypes = ["TimeProvider", "DateTime", "DateTimeOffset", "Environment", "Stopwatch", "SystemClock"];

    public static Verdict Judge(IEnumerable<SourceFile> files) =>
        Verdict.Of(files.Where(f => f.IsCSharp || f.IsRazor), f => f.Name.EndsWith("App.cs", StringComparison.Ordinal) ? [] : Breaches(f));

    /// <summary>Every place that reads the system clock, or hides one behind an alias or a <c>using static</c>.</summary>
    public static IEnumerable<string> Breaches(SourceFile file)
    {
        if (file.IsRazor) return Reading().Matches(file.Text).Select(m => $"{file.Path}: {m.Value} is the system clock");
        return file.Syntax.DescendantNodes().Where(IsClock).Select(n => file.At(n, $"{n} is the system clock"));
    }

    private static bool IsClock(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax access => Reading().IsMatch($"{LastName(access.Expression)}.{access.Name.Identifier.ValueText}"),
        IdentifierNameSyntax { Identifier.ValueText: "Stopwatch" } name =>
            name.Parent is not (MemberAccessExpressionSyntax or UsingDirectiveSyntax),
        UsingDirectiveSyntax directive when directive.Alias is not null || directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword) =>
            ClockTypes.Contains(LastName(directive.NamespaceOrType)),
        _ => false,
    };

    private static string LastName(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    [GeneratedRegex(
        @"(?<!\w)(TimeProvider\.System|DateTime(Offset)?\.(Now|UtcNow|Today)|Environment\.TickCount(64)?" +
        @"|SystemClock\.Instance|Stopwatch\.\w+)(?!\w)")]
    private static partial Regex Reading();
}
