namespace AirIsland.Architecture.Tests.Graph;

/// <summary>
/// Rule 1: the project files say what the picture in ARCHITECTURE.md says, nothing goes round, edge and cloud are strangers.
/// </summary>
internal static class GraphRule
{
    public static Verdict Judge(ProjectGraph real, ProjectGraph picture) => new(real.Projects.Count + real.Edges.Count,
    [
        .. real.Projects.Except(picture.Projects).Select(p => $"{p} is missing in the picture"),
        .. picture.Projects.Except(real.Projects).Select(p => $"{p} is in the picture only"),
        .. real.Edges.Except(picture.Edges).Select(e => $"{e.From} --> {e.To} is missing in the picture"),
        .. picture.Edges.Except(real.Edges).Select(e => $"{e.From} --> {e.To} is in the picture only"),
        .. real.Projects.Where(p => real.Reach(p).Contains(p)).Select(p => $"{p} references itself, round a cycle"),
        .. Strangers(real, "Edge", "Cloud"),
        .. Strangers(real, "Cloud", "Edge"),
    ]);

    private static IEnumerable<string> Strangers(ProjectGraph graph, string one, string other)
    {
        if (graph.Reach(one).Contains(other)) yield return $"{one} reaches {other}: they meet on the wire only";
    }
}
