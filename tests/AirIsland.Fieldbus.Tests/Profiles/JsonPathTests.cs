using System.Text.Json;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class JsonPathTests
{
    private const string Message = """
        { "flow": 1, "data": { "flow": 2, "a.b": 3 }, "list": [ { "id": "F1", "v": [4, 5] }, { "id": 7, "v": [6] } ] }
        """;

    [Theory]
    [InlineData("flow", "1")]
    [InlineData("data.flow", "2")]
    [InlineData("data[\"a.b\"]", "3")]
    [InlineData("list[0].v[1]", "5")]
    [InlineData("list[id=F1].v[0]", "4")]
    [InlineData("list[id=7].v[0]", "6")]
    public void A_path_finds_its_place(string path, string found) => Assert.Equal(found, Find(path));

    [Theory]
    [InlineData("data")]
    [InlineData("flow.x")]
    [InlineData("flow[0]")]
    [InlineData("list.v")]
    [InlineData("list[2].v")]
    [InlineData("list[id=F2].v")]
    [InlineData("list[v=F1].v")]
    [InlineData("data[id=F1]")]
    [InlineData("data.a.b")]
    public void What_is_not_there_is_not_found(string path) => Assert.NotEqual(JsonValueKind.Number, Kind(path));

    [Fact]
    public void The_empty_path_is_the_message_and_a_list_can_be_one()
    {
        using var list = JsonDocument.Parse("""[10, {"a": 11}]""");

        Assert.Equal("[10, {\"a\": 11}]", JsonPath.Parse("").Find(list.RootElement)?.GetRawText());
        Assert.Equal("11", JsonPath.Parse("[1].a").Find(list.RootElement)?.GetRawText());
    }

    [Theory]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("a[-1]")]
    [InlineData("a[0]b")]
    [InlineData("a[99999999]")]
    [InlineData("a]b")]
    [InlineData("a[\"\"]")]
    public void What_is_no_path_is_said_so(string text)
    {
        Assert.False(JsonPath.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => JsonPath.Parse(text)).Message, StringComparison.Ordinal);
    }

    private static string? Find(string path)
    {
        using var json = JsonDocument.Parse(Message);
        return JsonPath.Parse(path).Find(json.RootElement)?.GetRawText();
    }

    private static JsonValueKind? Kind(string path)
    {
        using var json = JsonDocument.Parse(Message);
        return JsonPath.Parse(path).Find(json.RootElement)?.ValueKind;
    }
}
