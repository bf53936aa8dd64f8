namespace AirIsland.Architecture.Tests.FolderMap;

public sealed class FolderMapTests
{
    private const string Map = """
        ```
        AirIsland/
        ├─ edge/                       one process a site
        │  └─ AirIsland.Edge/          Drivers/ Outbox/
        └─ tests/
           └─ AirIsland.Edge.Tests/
        ```
        """;

    private static readonly string[] Tree =
    [
        "edge/AirIsland.Edge/AirIsland.Edge.csproj",
        "edge/AirIsland.Edge/Drivers/Modbus/ModbusDriver.cs",
        "edge/AirIsland.Edge/Outbox/Outbox.cs",
        "tests/AirIsland.Edge.Tests/AirIsland.Edge.Tests.csproj",
    ];

    [Fact]
    public void The_folder_map_is_the_real_tree() =>
        FolderMapRule.Judge(Repository.File("ARCHITECTURE.md").Text, [.. Repository.Files.Select(f => f.Path)]).MustHold(atLeast: 15);

    [Fact]
    public void A_true_map_is_accepted() => FolderMapRule.Judge(Map, Tree).MustHold(atLeast: 2);

    [Fact]
    public void A_folder_that_is_not_drawn_is_found() =>
        FolderMapRule.Judge(Map, [.. Tree, "edge/AirIsland.Edge/Uplink/Uplink.cs"]).MustBreak("edge/AirIsland.Edge/Uplink/ is missing");

    [Fact]
    public void A_folder_that_is_only_drawn_is_found() =>
        FolderMapRule.Judge(Map, [.. Tree.Where(p => !p.Contains("Outbox", StringComparison.Ordinal))])
            .MustBreak("edge/AirIsland.Edge/Outbox/ is in the folder map only");

    [Fact]
    public void A_project_that_is_not_drawn_is_found() =>
        FolderMapRule.Judge(Map, [.. Tree, "proto/AirIsland.Proto/AirIsland.Proto.csproj"]).MustBreak("proto/AirIsland.Proto/ has no line");

    [Fact]
    public void A_project_that_is_only_drawn_is_found() =>
        FolderMapRule.Judge(Map, [.. Tree.Where(p => !p.Contains("Tests", StringComparison.Ordinal))])
            .MustBreak("AirIsland.Edge.Tests/ is in the folder map only");

    [Fact]
    public void A_document_without_a_map_is_refused() => Assert.Throws<FormatException>(() => FolderMapRule.Judge("no map", Tree));
}
