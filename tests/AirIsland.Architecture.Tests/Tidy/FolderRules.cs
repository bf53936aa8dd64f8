namespace AirIsland.Architecture.Tests.Tidy;

/// <summary>Rule 8, folders: they carry the words of the trade, the same words everywhere.</summary>
internal static class FolderRules
{
    private const string Domain = "cloud/AirIsland.Domain/";
    private const string Web = "cloud/AirIsland.Web/";
    private const string DomainTests = "tests/AirIsland.Domain.Tests/";

    private static readonly string[] Nameless = ["common", "helpers", "helper", "utils", "utilities", "shared", "misc"];

    public static Verdict NoNamelessFolder(IEnumerable<string> paths) => Verdict.Of(
        paths.SelectMany(Folders).Distinct(),
        folder => Nameless.Contains(Path.GetFileName(folder).ToLowerInvariant()) ? [$"{folder}/: name it by what is in it"] : []);

    /// <summary>A mission word of the domain is a folder in its tests too, and in the web unless it is listed as having no page.</summary>
    public static Verdict MissionFolders(IReadOnlyCollection<string> paths, IReadOnlyDictionary<string, string> withoutPage) =>
        Verdict.Of(FoldersIn(Domain, paths), word => Breaches(word, paths, withoutPage)) +
        Verdict.Of(withoutPage.Keys, word =>
            FoldersIn(Web, paths).Contains(word) ? [$"{Web}{word}/ is there: take {word} off the list of words without a page"] : []);

    private static IEnumerable<string> Breaches(
        string word, IReadOnlyCollection<string> paths, IReadOnlyDictionary<string, string> withoutPage)
    {
        if (word == MissionWords.Ground) yield break;
        if (!MissionWords.All.Contains(word)) yield return $"{Domain}{word}/ is no mission word";
        if (!FoldersIn(DomainTests, paths).Contains(word)) yield return $"{DomainTests}{word}/ is missing";
        if (!FoldersIn(Web, paths).Contains(word) && !withoutPage.ContainsKey(word)) yield return $"{Web}{word}/ is missing";
    }

    private static IEnumerable<string> FoldersIn(string project, IEnumerable<string> paths) => paths
        .Where(p => p.StartsWith(project, StringComparison.Ordinal) && p.LastIndexOf('/') >= project.Length)
        .Select(p => p[project.Length..p.IndexOf('/', project.Length)])
        .Distinct();

    private static IEnumerable<string> Folders(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end > 0; end = path.IndexOf('/', end + 1)) yield return path[..end];
    }
}
