namespace AirIsland.Architecture.Tests.Purity;

public sealed class BannedSymbolsTests
{
    private const string Props = """
        <Project>
          <PropertyGroup>
            <AirIslandPure
              Condition="'$(MSBuildProjectName)' == 'AirIsland.Domain' Or '$(MSBuildProjectName)' == 'AirIsland.Quantities'"
            >true</AirIslandPure>
          </PropertyGroup>
          <ItemGroup>
            <AdditionalFiles Include="BannedSymbols.txt" />
            <AdditionalFiles Include="BannedSymbols.Pure.txt" Condition="'$(AirIslandPure)' == 'true'" />
          </ItemGroup>
        </Project>
        """;

    private static readonly string[] PureProjects = ["AirIsland.Domain", "AirIsland.Quantities"];

    [Fact]
    public void The_pure_projects_and_no_other_are_compiled_against_the_pure_list() =>
        BannedSymbolsRule.JudgeAttachment(
            Repository.File("Directory.Build.props"), [.. Repository.Product.Where(f => f.IsProject)], PureProjects).MustHold(atLeast: 3);

    [Fact]
    public void The_pure_list_bans_clock_io_tasks_and_randomness() =>
        BannedSymbolsRule.JudgeContent(Repository.File("BannedSymbols.Pure.txt")).MustHold();

    [Theory]
    [InlineData("'AirIsland.Quantities'", "'AirIsland.Storage'", "AirIsland.Quantities is not marked", "AirIsland.Storage is marked")]
    [InlineData(" Condition=\"'$(AirIslandPure)' == 'true'\"", "", "is not attached where AirIslandPure says so")]
    [InlineData("<AdditionalFiles Include=\"BannedSymbols.Pure.txt\"", "<None Include=\"BannedSymbols.Pure.txt\"", "is not attached")]
    public void A_wrong_attachment_is_found(string old, string replacement, params string[] expected)
    {
        var props = new SourceFile("Directory.Build.props", Props.Replace(old, replacement, StringComparison.Ordinal));

        var verdict = BannedSymbolsRule.JudgeAttachment(props, [], PureProjects);

        Assert.Equal(expected.Length, verdict.Breaches.Count);
        Assert.All(verdict.Breaches.Zip(expected), b => Assert.Contains(b.Second, b.First, StringComparison.Ordinal));
    }

    [Fact]
    public void A_project_that_opts_out_is_found() =>
        BannedSymbolsRule.JudgeAttachment(
            new("Directory.Build.props", Props),
            [new("a/A.csproj", "<Project><PropertyGroup><AirIslandPure>false</AirIslandPure></PropertyGroup></Project>")],
            PureProjects).MustBreak("a/A.csproj: the project decides");

    [Fact]
    public void A_symbol_that_is_no_longer_banned_is_found()
    {
        var real = Repository.File("BannedSymbols.Pure.txt");

        var thinned = new SourceFile(real.Path, real.Text.Replace("N:System.IO;", "N:System.Io;", StringComparison.Ordinal));

        BannedSymbolsRule.JudgeContent(thinned).MustBreak("N:System.IO is not banned");
    }
}
