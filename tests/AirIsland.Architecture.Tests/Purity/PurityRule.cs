using System.Reflection;
using AirIsland.Architecture.Tests.Clock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirIsland.Architecture.Tests.Purity;

/// <summary>
/// Rule 2: Domain and Quantities compute and do nothing else. The assembly shows what they are linked to; the syntax is the second net to
/// the banned symbols, which refuse what code does but let pass what it only mentions, such as a parameter of type <c>TimeProvider</c>.
/// </summary>
internal static class PurityRule
{
    private static readonly string[] Allowed = ["System", "NodaTime", "AirIsland.Quantities"];
    private static readonly string[] Forbidden =
        ["System.IO", "System.Net", "System.Threading", "System.Console", "System.Data", "System.Diagnostics.Process", "System.Reactive"];

    private static readonly string[] ForbiddenNames =
    [
        "Task", "ValueTask", "IAsyncEnumerable", "IAsyncDisposable", "Thread", "ThreadPool", "Timer", "PeriodicTimer", "SemaphoreSlim",
        "File", "FileInfo", "FileStream", "Directory", "DirectoryInfo", "StreamReader", "StreamWriter", "Console", "HttpClient", "Socket",
        "TcpClient", "Environment", "TimeProvider", "RandomNumberGenerator",
    ];

    public static Verdict JudgeAssemblies(IEnumerable<Assembly> assemblies) =>
        Verdict.Of(
            assemblies.SelectMany(a => a.GetReferencedAssemblies(), (a, r) => (Of: a.GetName().Name, To: r.Name ?? "")),
            link => Allowed.Any(link.To.IsWithin) && !Forbidden.Any(link.To.IsWithin) ? [] : [$"{link.Of} is linked to {link.To}"]);

    public static Verdict JudgeSources(IEnumerable<SourceFile> files) =>
        Verdict.Of(files.Where(f => f.IsCSharp), f => Impurities(f).Concat(ClockRule.Breaches(f)));

    private static IEnumerable<string> Impurities(SourceFile file)
    {
        foreach (var (name, node) in NamesUsed.In(file))
        {
            if (Forbidden.Append("Microsoft").Any(name.IsWithin)) yield return file.At(node, $"{name} is outside the pure world");
        }
        foreach (var node in file.Syntax.DescendantNodesAndTokens())
        {
            if (node.IsKind(SyntaxKind.AsyncKeyword) || node.IsKind(SyntaxKind.AwaitExpression))
            {
                yield return $"{file.Path}: {node.ToString().Split(' ')[0]}: pure code is synchronous";
            }
            if (node.AsNode() is SimpleNameSyntax name && ForbiddenNames.Contains(name.Identifier.ValueText))
            {
                yield return file.At(name, $"{name} is outside the pure world");
            }
            if (node.AsNode() is { } draw && IsUnseeded(draw)) yield return file.At(draw, $"{draw}: randomness arrives as an argument");
        }
    }

    /// <summary><c>Random.Shared</c>, <c>new Random()</c>, <c>Random r = new()</c>, <c>Guid.NewGuid()</c>: cannot be repeated.</summary>
    private static bool IsUnseeded(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Shared" } access => IsRandom(access.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "NewGuid" or "CreateVersion7" } => true,
        ObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation => IsRandom(creation.Type),
        VariableDeclarationSyntax random => IsRandom(random.Type) && random.Variables.Any(v => IsBareNew(v.Initializer?.Value)),
        _ => false,
    };

    private static bool IsBareNew(SyntaxNode? value) => value is ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 };

    private static bool IsRandom(SyntaxNode type) => type.ToString() is "Random" or "System.Random";
}
