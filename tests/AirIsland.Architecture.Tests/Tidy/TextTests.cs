namespace AirIsland.Architecture.Tests.Tidy;

public sealed class TextTests
{
    private const string Code = "cloud/AirIsland.Cloud/Api/A.cs";

    [Fact]
    public void Files_are_short() => TextRules.FileLength(Repository.Files).MustHold(atLeast: 40);

    [Fact]
    public void Lines_are_readable_side_by_side() => TextRules.LineWidth(Repository.Files).MustHold(atLeast: 60);

    [Fact]
    public void Nothing_is_left_over() => TextRules.LeftOvers(Repository.Files).MustHold(atLeast: 60);

    [Fact]
    public void No_XML_tag_is_empty() => TextRules.EmptyTags(Repository.Files).MustHold(atLeast: 40);

    [Fact]
    public void Product_and_documents_name_no_path_of_one_machine() =>
        TextRules.MachinePaths(Repository.Files.Where(f => !f.IsUnder("tests/"))).MustHold(atLeast: 60);

    [Fact]
    public void A_long_file_is_found()
    {
        SourceFile File(int lines) => new(Code, string.Concat(Enumerable.Repeat("//\n", lines)));

        TextRules.FileLength([File(301)]).MustBreak("301 lines");
        TextRules.FileLength([File(300)]).MustHold();
    }

    [Fact]
    public void A_wide_line_is_found()
    {
        SourceFile File(int columns) => new("cloud/AirIsland.Web/Twin/A.razor", "<p>\n" + new string('x', columns) + "\n</p>\n");

        TextRules.LineWidth([File(141)]).MustBreak("A.razor:2: 141 columns");
        TextRules.LineWidth([File(140)]).MustHold();
    }

    [Theory]
    [InlineData(Code, "#region Fields\n#endregion", "#region")]
    [InlineData(Code, "// TODO later", "TODO")]
    [InlineData(Code, "/// <summary>FIXME</summary>\nclass A;", "FIXME")]
    [InlineData("cloud/AirIsland.Web/Twin/A.razor", "@* TODO *@", "TODO")]
    [InlineData("cloud/AirIsland.Web/wwwroot/twin.js", "// HACK", "HACK")]
    public void A_left_over_is_found(string path, string text, string expected) =>
        TextRules.LeftOvers([new(path, text)]).MustBreak(expected);

    [Fact]
    public void The_same_words_as_data_are_accepted() =>
        TextRules.LeftOvers([new(Code, "class A { string B => \"TODO #region\"; }")]).MustHold();

    [Theory]
    [InlineData("/// <summary></summary>")]
    [InlineData("/// <summary>\n/// </summary>")]
    [InlineData("/// <summary>An A.</summary>\n/// <param name=\"b\"> </param>")]
    [InlineData("/// <summary>An A.</summary>\n/// <returns/>")]
    public void An_empty_tag_is_found(string comment) =>
        TextRules.EmptyTags([new(Code, comment + "\npublic class A;")]).MustBreak("says nothing");

    [Theory]
    [InlineData("/// <summary>Like <see cref=\"B\"/>.</summary>")]
    [InlineData("/// <inheritdoc/>")]
    [InlineData("/// <summary><see cref=\"B\"/></summary>")]
    public void Tags_that_say_something_are_accepted(string comment) =>
        TextRules.EmptyTags([new(Code, comment + "\npublic class A;")]).MustHold();

    [Theory]
    [InlineData("\"/tmp/data\"")]
    [InlineData("see `/tmp/x`")]
    [InlineData("cd /home/me/airisland")]
    [InlineData(@"C:\Users\me")]
    public void A_path_of_one_machine_is_found(string text) =>
        TextRules.MachinePaths([new("README.md", text)]).MustBreak("is a path of one machine");

    [Theory]
    [InlineData("frames/tmp/a.png")]
    [InlineData("https://example.org/tmp/1")]
    [InlineData("./tmp/")]
    public void A_path_inside_the_repository_or_an_address_is_accepted(string text) =>
        TextRules.MachinePaths([new("README.md", text)]).MustHold();
}
