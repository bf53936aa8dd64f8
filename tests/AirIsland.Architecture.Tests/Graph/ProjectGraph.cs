using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AirIsland.Architecture.Tests.Graph;

/// <summary>Projects and who references whom, names without <c>AirIsland.</c>; read from project files or from a Mermaid picture.</summary>
internal sealed partial record ProjectGraph(ImmutableSortedSet<string> Projects, ImmutableSortedSet<(string From, string To)> Edges)
{
    public static ProjectGraph OfProjects(IEnumerable<SourceFile> projects)
    {
        var files = projects.ToList();
        var edges =
            from file in files
            from reference in XDocument.Parse(file.Text).Descendants("ProjectReference")
            select (ShortName(file.Path), ShortName(reference.Attribute("Include")?.Value ?? ""));
        return new([.. files.Select(f => ShortName(f.Path))], [.. edges]);
    }

    /// <exception cref="FormatException">Not exactly one Mermaid block, or a line in it that is not understood.</exception>
    public static ProjectGraph OfMermaid(string markdown)
    {
        var blocks = MermaidBlock().Matches(markdown);
        if (blocks.Count != 1) throw new FormatException($"one mermaid block is wanted, {blocks.Count} are there");
        var projects = ImmutableSortedSet.CreateBuilder<string>();
        var edges = ImmutableSortedSet.CreateBuilder<(string, string)>();
        foreach (var line in blocks[0].Groups["body"].Value.Split('\n').Select(l => l.Trim()).Where(l => !Decoration().IsMatch(l)))
        {
            if (!Arrows().IsMatch(line)) throw new FormatException($"'{line}' is no node and no arrow");
            var steps = Label().Replace(line, "").Split("-->").Select(s => s.Split('&', StringSplitOptions.TrimEntries)).ToList();
            foreach (var node in steps.SelectMany(s => s)) projects.Add(node);
            foreach (var (from, to) in steps.Zip(steps.Skip(1))) edges.UnionWith(from.SelectMany(_ => to, (f, t) => (f, t)));
        }
        return new(projects.ToImmutable(), edges.ToImmutable());
    }

    /// <summary>Everything that a project reaches, itself only when it is part of a cycle.</summary>
    public ImmutableHashSet<string> Reach(string project)
    {
        var reached = ImmutableHashSet.CreateBuilder<string>();
        var open = new Stack<string>([project]);
        while (open.TryPop(out var at))
        {
            foreach (var (_, to) in Edges.Where(e => e.From == at && reached.Add(e.To))) open.Push(to);
        }
        return reached.ToImmutable();
    }

    private static string ShortName(string path) =>
        Path.GetFileNameWithoutExtension(path.Replace('\\', '/')).Replace("AirIsland.", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^```mermaid\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex MermaidBlock();

    [GeneratedRegex(@"^($|%%|(graph|flowchart|subgraph|classDef|class|direction)\b|end$)")]
    private static partial Regex Decoration();

    [GeneratedRegex(@"^\w+(\[[^\]]*\])?(\s*(-->|&)\s*\w+(\[[^\]]*\])?)*$")]
    private static partial Regex Arrows();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Label();
}
