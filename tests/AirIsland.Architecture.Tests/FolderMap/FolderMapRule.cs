using System.Text.RegularExpressions;

namespace AirIsland.Architecture.Tests.FolderMap;

/// <summary>
/// The folder map of ARCHITECTURE.md is the real tree: every project has one line, <c>AirIsland.Edge/  Drivers/ Outbox/ …</c>, that names
/// exactly its folders (of test projects only the project). A document that no test reads tells last month's truth.
/// </summary>
internal static partial class FolderMapRule
{
    private static readonly string[] NotCode = ["wwwroot", "Properties"];

    public static Verdict Judge(string markdown, IReadOnlyCollection<string> paths)
    {
        var lines = ProjectLine().Matches(Map(markdown));
        var drawn = lines.ToDictionary(m => m.Groups["project"].Value, m => FoldersOf(m.Groups["rest"].Value));
        var projects = paths.Where(p => p.EndsWith(".csproj", StringComparison.Ordinal)).Select(FolderOf).ToList();
        return Verdict.Of(projects, project => drawn.TryGetValue(Name(project), out var folders)
                ? Differences(project, folders, RealFolders(project, paths))
                : [$"{project} has no line in the folder map"])
            + Verdict.Of(drawn.Keys.Except(projects.Select(Name)), name => [$"{name}/ is in the folder map only"]);
    }

    private static IEnumerable<string> Differences(string project, IReadOnlyCollection<string> drawn, IReadOnlyCollection<string> real) =>
        project.StartsWith("tests/", StringComparison.Ordinal)
            ? []
            : real.Except(drawn).Select(f => $"{project}{f}/ is missing in the folder map")
                .Concat(drawn.Except(real).Select(f => $"{project}{f}/ is in the folder map only"));

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string Name(string project) => Path.GetFileName(project.TrimEnd('/'));

    /// <summary>Folders that hold files of their own, one level below the project.</summary>
    private static List<string> RealFolders(string project, IEnumerable<string> paths) =>
    [
        .. paths.Where(p => p.StartsWith(project, StringComparison.Ordinal) && p.LastIndexOf('/') >= project.Length)
            .Select(p => p[project.Length..p.IndexOf('/', project.Length)]).Distinct().Except(NotCode),
    ];

    private static List<string> FoldersOf(string text) => [.. Folder().Matches(text).Select(m => m.Groups[1].Value)];

    private static string Map(string markdown) =>
        MapBlock().Match(markdown) is { Success: true } block ? block.Value : throw new FormatException("no block begins with AirIsland/");

    [GeneratedRegex(@"^```\w*\nAirIsland/\n.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex MapBlock();

    [GeneratedRegex(@"^[│├└─ ]*(?<project>AirIsland\.[\w.]+)/(?<rest>.*)$", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();

    [GeneratedRegex(@"(?<=\s)([\w.-]+)/")]
    private static partial Regex Folder();
}
