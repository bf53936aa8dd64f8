using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AirIsland.Architecture.Tests.Purity;

/// <summary>
/// The compiler's half of rule 2: <c>BannedSymbols.Pure.txt</c> is attached to exactly the pure projects, by one condition in
/// Directory.Build.props that no project overrides, and it bans what matters.
/// </summary>
internal static partial class BannedSymbolsRule
{
    private const string PureFile = "BannedSymbols.Pure.txt";
    private const string IsPure = "AirIslandPure";
    private const string Attached = $"'$({IsPure})' == 'true'";

    private static readonly string[] MustBeBanned =
    [
        "T:System.TimeProvider", "T:System.Threading.Tasks.Task", "N:System.IO", "N:System.Net",
        "M:System.Random.#ctor", "M:System.Guid.NewGuid",
    ];

    public static Verdict JudgeAttachment(SourceFile props, IReadOnlyList<SourceFile> projects, IReadOnlyList<string> pure)
    {
        var document = XDocument.Parse(props.Text);
        var condition = document.Descendants(IsPure).Select(e => e.Attribute("Condition")?.Value ?? "").SingleOrDefault("");
        var marked = ProjectNames().Matches(condition).Select(m => m.Groups[1].Value).ToList();
        var attached = document.Descendants("AdditionalFiles")
            .Where(e => e.Attribute("Include")?.Value.EndsWith(PureFile, StringComparison.Ordinal) == true)
            .Select(e => e.Attribute("Condition")?.Value).ToList();
        return new(marked.Count + attached.Count,
        [
            .. pure.Except(marked).Select(p => $"{props.Path}: {p} is not marked {IsPure}"),
            .. marked.Except(pure).Select(p => $"{props.Path}: {p} is marked {IsPure} but is not pure"),
            .. attached is [Attached] ? Array.Empty<string>() : [$"{props.Path}: {PureFile} is not attached where {IsPure} says so"],
            .. projects.Where(DecidesItself).Select(p => $"{p.Path}: the project decides about {IsPure} itself"),
        ]);
    }

    public static Verdict JudgeContent(SourceFile banned)
    {
        var symbols = banned.Lines.Select(l => l.Split(';')[0]).ToList();
        return Verdict.Of(MustBeBanned, s => symbols.Contains(s) ? [] : [$"{banned.Path}: {s} is not banned"]);
    }

    private static bool DecidesItself(SourceFile project) =>
        project.Text.Contains(IsPure, StringComparison.Ordinal) || project.Text.Contains(PureFile, StringComparison.Ordinal);

    [GeneratedRegex(@"'\$\(MSBuildProjectName\)'\s*==\s*'([^']+)'")]
    private static partial Regex ProjectNames();
}
