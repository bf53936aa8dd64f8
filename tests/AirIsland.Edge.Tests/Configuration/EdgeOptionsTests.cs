using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AirIsland.Edge.Configuration;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Tests.Configuration;

public class EdgeOptionsTests
{
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [Fact]
    public void The_sample_site_binds_and_is_valid()
    {
        using var host = EdgeApp.Build([]);

        var options = host.Services.GetRequiredService<EdgeOptions>();
        var tags = host.Services.GetRequiredService<TagTable>();

        Assert.Equal(10, options.Devices.Count);
        Assert.Equal(100, options.Devices.Single(d => d.Id == "power-station").Ratio);
        Assert.Contains(tags.Tags, t => t.Id == "moushan/lifode/AccumulatedVolume" && t.Kind == PointKind.Register && t.Serial is not null);
        Assert.Contains(tags.Tags, t => t.Id == "moushan/songyuan/VolumeFlowRate" && t.ReferenceState == "Standard20");
        Assert.Equal(tags.Tags.Select(t => t.Id).Order(StringComparer.Ordinal), tags.Tags.Select(t => t.Id));
    }

    [Theory]
    [InlineData("Modbus")]
    [InlineData("Mqtt")]
    public void The_sample_of_each_driver_binds_and_is_valid(string driver)
    {
        using var host = EdgeApp.Build(["--config", Path.Combine(AppContext.BaseDirectory, "samples", $"{driver}.json")]);

        Assert.NotEmpty(host.Services.GetRequiredService<EdgeOptions>().Devices);
    }

    [Fact]
    public void Every_setting_of_a_sample_is_one_that_exists()
    {
        var samples = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"));
        foreach (var file in samples.Append(Path.Combine(AppContext.BaseDirectory, "edge.json")))
        {
            var section = JsonNode.Parse(File.ReadAllText(file))?["Edge"];

            var options = section.Deserialize<EdgeOptions>(Strict);

            Assert.NotNull(options);
        }
    }

    [Fact]
    public void Every_mistake_is_listed_at_once()
    {
        using var host = EdgeApp.Build(
        [
            "--Edge:Id=Edge One", "--Edge:Cloud=127.0.0.1:5081", "--Edge:Broker:Port=0", "--Edge:Outbox:Queue=0",
            "--Edge:Outbox:Directory=here", "--Edge:Pipeline:BatchPoints=0",
            "--Edge:Modbus:Timeout=00:02:00", "--Edge:Uplink:DrainWithin=00:05:00",
            "--Edge:Devices:0:Endpoint=nowhere", "--Edge:Devices:1:Unit=256",
            "--Edge:Devices:2:Profile=no-such", "--Edge:Devices:3:Ratio=0", "--Edge:Devices:5:Id=power-compressor-1",
            "--Edge:Devices:6:Asset=compressor-1",
            "--Edge:Devices:8:Topic=a/#",
        ]);

        var failures = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<EdgeOptions>()).Failures.ToList();

        string[] expected =
        [
            "Edge:Id 'Edge One'", "Edge:Cloud '127.0.0.1:5081'", "Edge:Broker:Port 0", "Edge:Outbox:Queue 0", "Edge:Pipeline:BatchPoints 0",
            "Edge:Modbus:Timeout 00:02:00", "Edge:Uplink:DrainWithin 00:05:00", "Edge:Devices:0:Endpoint 'nowhere' of compressor-1",
            "Edge:Devices:1:Unit 256 of compressor-2", "profile 'no-such' is not in", "Edge:Devices:3:Ratio 0 of power-station",
            "id 'power-compressor-1' is given twice", "tag 'moushan/compressor-1/electrical/Energy' comes from",
            "Edge:Devices:8:Topic 'a/#' of songyuan-flow", "Edge:Outbox:Directory has no meaning",
        ];
        Assert.All(expected, e => Assert.Contains(failures, f => f.Contains(e, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start_before_anything_is_opened()
    {
        using var folder = new TempFolder();
        var data = folder.File("data");

        var code = await EdgeApp.RunAsync(["--Edge:Data", data, "--Edge:Station="]);

        Assert.Equal(2, code);
        Assert.False(Directory.Exists(data));
    }
}
