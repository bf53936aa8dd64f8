namespace AirIsland.Architecture.Tests;

/// <summary>The files of this repository that people write: no build output, no packages, no generated or bundled code.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    private static readonly string[] ProductFolders = ["proto/", "edge/", "cloud/", "simulators/"];
    private static readonly string[] SkippedFolders = ["bin", "obj", "artifacts", "node_modules", "Migrations", "TestResults", "data"];
    private static readonly string[] Bundles = ["/wwwroot/lib/", "/wwwroot/vendor/", ".min.js", ".min.css", ".g.cs", "package-lock.json"];
    private static readonly string[] Extensions =
        [".cs", ".razor", ".csproj", ".props", ".proto", ".json", ".js", ".css", ".md", ".sh", ".txt", ".yml"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> All = new(() => [.. Walk(new DirectoryInfo(Root))]);

    /// <summary>Every file that is judged.</summary>
    public static IReadOnlyList<SourceFile> Files => All.Value;

    /// <summary>What ships: proto, edge, cloud, simulators.</summary>
    public static IReadOnlyList<SourceFile> Product => [.. Files.Where(f => f.IsUnder(ProductFolders))];

    public static SourceFile File(string path) => Files.Single(f => f.Path == path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "AirIsland.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"no AirIsland.sln above {AppContext.BaseDirectory}");
    }

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(f => Extensions.Contains(f.Extension)))
        {
            var path = Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
            if (Bundles.Any(b => path.Contains(b, StringComparison.Ordinal))) continue;
            yield return new(path, System.IO.File.ReadAllText(file.FullName));
        }
        var inner = folder.EnumerateDirectories().Where(d => d.Name[0] != '.' && !SkippedFolders.Contains(d.Name));
        foreach (var file in inner.SelectMany(Walk)) yield return file;
    }
}
