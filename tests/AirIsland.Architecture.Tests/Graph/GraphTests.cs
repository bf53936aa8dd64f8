namespace AirIsland.Architecture.Tests.Graph;

public sealed class GraphTests
{
    private const string Picture = """
        ```mermaid
        graph TD
            Demo --> Edge & Cloud
            Edge[Edge, one a site] --> Proto
            Cloud --> Proto
        ```
        """;

    [Fact]
    public void Project_references_are_those_of_the_picture() =>
        GraphRule.Judge(
            ProjectGraph.OfProjects(Repository.Product.Where(f => f.IsProject)),
            ProjectGraph.OfMermaid(Repository.File("ARCHITECTURE.md").Text)).MustHold(atLeast: 20);

    [Fact]
    public void A_picture_that_tells_the_truth_is_accepted() =>
        GraphRule.Judge(Real(), ProjectGraph.OfMermaid(Picture)).MustHold(atLeast: 8);

    [Fact]
    public void A_reference_that_is_not_drawn_is_found() =>
        GraphRule.Judge(Real(("Demo", "Proto")), ProjectGraph.OfMermaid(Picture)).MustBreak("Demo --> Proto is missing in the picture");

    [Fact]
    public void An_arrow_without_a_reference_is_found() =>
        GraphRule.Judge(Real(), ProjectGraph.OfMermaid(Picture.Replace("Cloud -->", "Demo & Cloud -->", StringComparison.Ordinal)))
            .MustBreak("Demo --> Proto is in the picture only");

    [Fact]
    public void A_project_that_is_not_drawn_is_found()
    {
        var real = Real();

        var verdict = GraphRule.Judge(real with { Projects = real.Projects.Add("Gateway") }, ProjectGraph.OfMermaid(Picture));

        verdict.MustBreak("Gateway is missing in the picture");
    }

    [Fact]
    public void A_cycle_is_found_even_when_it_is_drawn()
    {
        var cyclic = Real(("Proto", "Proto"));

        GraphRule.Judge(cyclic, cyclic).MustBreak("Proto references itself");
    }

    [Theory]
    [InlineData("Edge", "Cloud")]
    [InlineData("Cloud", "Edge")]
    public void Edge_and_cloud_must_not_reach_each_other_even_round_a_corner(string one, string other)
    {
        var real = Real();
        var cornered = new ProjectGraph(real.Projects.Add("Corner"), real.Edges.Union([(one, "Corner"), ("Corner", other)]));

        GraphRule.Judge(cornered, cornered).MustBreak($"{one} reaches {other}");
    }

    [Fact]
    public void References_are_read_from_project_files()
    {
        SourceFile[] projects =
        [
            new("a/AirIsland.A.csproj", """<Project><ProjectReference Include="..\b\AirIsland.B.csproj" /></Project>"""),
            new("b/AirIsland.B.csproj", "<Project />"),
        ];

        var graph = ProjectGraph.OfProjects(projects);

        Assert.Equal(["A", "B"], graph.Projects);
        Assert.Equal([("A", "B")], graph.Edges);
    }

    [Theory]
    [InlineData("no picture at all")]
    [InlineData("```mermaid\nA -> B\n```")]
    [InlineData("```mermaid\nA --> B\n```\n```mermaid\nA --> B\n```")]
    public void A_picture_that_is_not_understood_is_refused(string markdown) =>
        Assert.Throws<FormatException>(() => ProjectGraph.OfMermaid(markdown));

    private static ProjectGraph Real(params (string, string)[] more)
    {
        (string, string)[] edges = [("Demo", "Edge"), ("Demo", "Cloud"), ("Edge", "Proto"), ("Cloud", "Proto"), .. more];
        return new(["Demo", "Edge", "Cloud", "Proto"], [.. edges]);
    }
}
