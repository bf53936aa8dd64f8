using AirIsland.Edge.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Tests.Configuration;

public sealed class YamlSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_site_in_YAML_is_the_same_site_as_in_JSON()
    {
        var yaml = Read("site.yaml", """
            # What JSON cannot: comments, and one block for what many devices share.
            Edge:
              Id: edge-1
              Station: site
              Endpoints:
                - Id: gateway
                  Address: "10.0.0.5:502"
                  Pause: "00:00:00.025"
              Devices:
                - &flow { Id: lifode-flow, Asset: lifode, Profile: suto-s401, Endpoint: gateway, Unit: 1 }
                - Id: power
                  Asset: station
                  Profile: acrel-dtsd1352
                  Endpoint: gateway
                  Unit: 10
                  Ratio: 100.5
                  Serial: null
            """);
        var json = Read("site.json", """
            { "Edge": { "Id": "edge-1", "Station": "site",
              "Endpoints": [ { "Id": "gateway", "Address": "10.0.0.5:502", "Pause": "00:00:00.025" } ],
              "Devices": [
                { "Id": "lifode-flow", "Asset": "lifode", "Profile": "suto-s401", "Endpoint": "gateway", "Unit": 1 },
                { "Id": "power", "Asset": "station", "Profile": "acrel-dtsd1352", "Endpoint": "gateway", "Unit": 10, "Ratio": 100.5,
                  "Serial": null } ] } }
            """);

        Assert.True(SettingsChange.Between(json, yaml) is { IsNone: true, GoOn: 2, NeedRestart: [] });
        Assert.Equal(100.5m, yaml.Options.Devices[1].Ratio);
        Assert.Null(yaml.Options.Devices[1].Serial);
    }

    [Theory]
    [InlineData("Edge:\n  Id: [unclosed\n", "line ")]
    [InlineData("Edge: { Id: a }\n---\nEdge: { Id: b }\n", "a second document begins")]
    [InlineData("Edge:\n  Id: a\n  Id: b\n", "line 3")]
    [InlineData("Edge:\n  Id: a\n  id: b\n", "is given twice")]
    [InlineData("Edge:\n  ? [a, b]\n  : c\n", "a name is wanted")]
    public void What_is_wrong_in_YAML_is_said_with_its_place(string text, string expected)
    {
        var mistake = Assert.Single(Assert.Throws<OptionsValidationException>(() => Read("site.yml", text)).Failures);

        Assert.Contains(expected, mistake, StringComparison.Ordinal);
        Assert.Contains("site.yml", mistake, StringComparison.Ordinal);
        Assert.Contains("line ", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_stand_for_ever_more_end_at_a_limit()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        var mistake = Assert.Single(Assert.Throws<OptionsValidationException>(() => Read("site.yaml", bomb)).Failures);

        Assert.Contains("more than 200000 settings", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("site.json", "")]
    [InlineData("site.json", "{ \"Edge\": ")]
    [InlineData("site.json", "[]")]
    [InlineData("site.yaml", "\0")]
    public void What_is_no_settings_file_is_one_line(string name, string text)
    {
        var mistakes = Assert.Throws<OptionsValidationException>(() => Read(name, text)).Failures;

        Assert.DoesNotContain(mistakes, m => m.Contains('\n', StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private SiteSettings Read(string name, string text)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, text);
        return SiteSettings.Read(path, SettingsFile.Read(path), []);
    }
}
