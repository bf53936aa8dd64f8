namespace AirIsland.Architecture.Tests.Tidy;

public sealed class FolderTests
{
    private static readonly string[] Tree =
    [
        "cloud/AirIsland.Domain/README.md",
        "cloud/AirIsland.Domain/Stations/Station.cs",
        "cloud/AirIsland.Domain/Billing/Bill.cs",
        "cloud/AirIsland.Domain/Leak/LeakEstimate.cs",
        "cloud/AirIsland.Web/Billing/BillPage.razor",
        "tests/AirIsland.Domain.Tests/Billing/BillTests.cs",
        "tests/AirIsland.Domain.Tests/Leak/LeakEstimateTests.cs",
    ];

    private static readonly Dictionary<string, string> LeakHasNoPage = new() { ["Leak"] = "planted" };

    private static IReadOnlyList<string> Real => [.. Repository.Files.Select(f => f.Path)];

    [Fact]
    public void Folders_are_named_by_what_is_in_them() => FolderRules.NoNamelessFolder(Real).MustHold(atLeast: 20);

    [Fact]
    public void A_mission_word_names_the_same_folder_everywhere() =>
        FolderRules.MissionFolders(Real, MissionWords.WithoutPage).MustHold(atLeast: 4);

    [Theory]
    [InlineData("cloud/AirIsland.Cloud/Common/A.cs")]
    [InlineData("edge/AirIsland.Edge/Drivers/helpers/A.cs")]
    [InlineData("tests/AirIsland.Edge.Tests/Utils/A.cs")]
    [InlineData("cloud/AirIsland.Web/Shared/A.razor")]
    public void A_folder_without_a_name_is_found(string path) => FolderRules.NoNamelessFolder([path]).MustBreak("name it by what is in it");

    [Fact]
    public void A_tree_that_keeps_its_words_is_accepted() => FolderRules.MissionFolders(Tree, LeakHasNoPage).MustHold(atLeast: 3);

    [Fact]
    public void A_mission_word_without_tests_is_found() =>
        FolderRules.MissionFolders([.. Tree.Where(p => !p.Contains("BillTests", StringComparison.Ordinal))], LeakHasNoPage)
            .MustBreak("tests/AirIsland.Domain.Tests/Billing/ is missing");

    [Fact]
    public void A_mission_word_without_a_page_is_found_unless_the_list_says_why() =>
        FolderRules.MissionFolders(Tree, new Dictionary<string, string>()).MustBreak("cloud/AirIsland.Web/Leak/ is missing");

    [Fact]
    public void A_word_whose_page_has_come_must_leave_the_list() =>
        FolderRules.MissionFolders([.. Tree, "cloud/AirIsland.Web/Leak/LeakPage.razor"], LeakHasNoPage).MustBreak("take Leak off the list");

    [Fact]
    public void A_folder_of_the_domain_that_is_no_mission_word_is_found()
    {
        string[] folders = ["cloud/AirIsland.Domain", "cloud/AirIsland.Web", "tests/AirIsland.Domain.Tests"];

        FolderRules.MissionFolders([.. Tree, .. folders.Select(f => $"{f}/Magic/A.cs")], LeakHasNoPage)
            .MustBreak("cloud/AirIsland.Domain/Magic/ is no mission word");
    }
}
