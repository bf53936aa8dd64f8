using System.Diagnostics;
using System.Text.Json;

namespace AirIsland.Architecture.Tests.Compose;

/// <summary>docker-compose.yml and the Dockerfile say what is there; a wrong name is red.</summary>
public sealed class ComposeTests
{
    private static readonly string Yaml = Text("docker-compose.yml");
    private static readonly string Dockerfile = Text("Dockerfile");

    [Fact]
    public void Every_name_in_the_deployment_is_that_of_something_there()
    {
        var compose = ComposeFile.Parse(Yaml);
        string[] wanted = ["broker", "simulators", "edge", "cloud", "influxdb", "postgres", "cloud-2", "cloud-3"];
        Assert.Subset(compose.Services.ToHashSet(), wanted.ToHashSet());
        Assert.Empty(Mistakes(Yaml));
        Assert.Empty(ComposeRule.Mistakes(Dockerfile, Exists));
    }

    [Theory]
    [InlineData("Cloud__GrpcAddress", "Cloud__GrpcAdress", "Cloud__GrpcAdress: there is no such setting")]
    [InlineData("Cloud__Tls__ClientCa", "Cloud__Tls__Ca", "Cloud__Tls__Ca: there is no such setting")]
    [InlineData("Edge__Uplink__Tls__Ca", "Edge__Uplink__Tls__Root", "there is no such setting")]
    [InlineData("Edge__Health__MetricsPort", "Edge__Health__Port", "there is no such setting")]
    [InlineData("Edge__Data: /data", "Cloud__Data: /data", "is not of this image")]
    [InlineData("127.0.0.1:8086:8086", "8086:8086", "is published beyond 127.0.0.1")]
    [InlineData("127.0.0.1:5432:5432", "127.0.0.1:8086:5432", "is published twice")]
    [InlineData("target: simulators", "target: simulator", "no stage 'simulator'")]
    [InlineData("network_mode: service:cloud-2", "network_mode: service:clod", "there is no service clod")]
    [InlineData("http://influxdb:8086", "http://influx:8086", "there is no service influx")]
    [InlineData("edge:/data", "egde:/data", "there is no egde")]
    [InlineData("./docker/mosquitto.conf", "./docker/mosquito.conf", "there is no ./docker/mosquito.conf")]
    public void A_wrong_name_is_found(string right, string wrong, string said)
    {
        Assert.Contains(right, Yaml, StringComparison.Ordinal);
        Assert.Contains(Mistakes(Yaml.Replace(right, wrong, StringComparison.Ordinal)), m => m.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("publish edge/AirIsland.Edge", "publish edge/AirIsland.Agent")]
    [InlineData("AirIsland.Simulators.dll", "AirIsland.Simulator.dll")]
    [InlineData("USER $APP_UID", "USER root")]
    public void A_wrong_name_in_the_Dockerfile_is_found(string right, string wrong) =>
        Assert.NotEmpty(ComposeRule.Mistakes(Dockerfile.Replace(right, wrong, StringComparison.Ordinal), Exists));

    // Ports that stand in several places are one and the same.
    [Fact]
    public void Ports_inside_are_those_that_are_listened_on()
    {
        var compose = ComposeFile.Parse(Yaml);
        using var cloud = JsonDocument.Parse(Text("cloud/AirIsland.Cloud/cloud.json"));
        using var edge = JsonDocument.Parse(Text("edge/AirIsland.Edge/edge.json"));
        var (http, grpc) = (Port(cloud, "Cloud", "HttpPort"), Port(cloud, "Cloud", "GrpcPort"));
        var broker = edge.RootElement.GetProperty("Edge").GetProperty("Broker").GetProperty("Port").GetInt32();
        var web = Text("docker/web.conf");

        Assert.Contains("listen 8080;", web, StringComparison.Ordinal);
        Assert.Contains($"proxy_pass http://127.0.0.1:{http};", web, StringComparison.Ordinal);
        foreach (var service in new[] { "cloud", "cloud-2", "cloud-3" })
        {
            Assert.Equal([$"{grpc}", "8080"], compose.List(service, "ports").Select(p => p.Split(':')[2]).Order());
            Assert.Contains($"/127.0.0.1/{http} ", string.Join(' ', compose.HealthTest(service)), StringComparison.Ordinal);
        }
        Assert.Contains($"listener {broker} ", Text("docker/mosquitto.conf"), StringComparison.Ordinal);
        Assert.Equal([$"127.0.0.1:{broker}:{broker}"], compose.List("broker", "ports"));
        Assert.Equal($"{broker}", compose.List("simulators", "command")[^1]);
        var endpoints = edge.RootElement.GetProperty("Edge").GetProperty("Devices").EnumerateArray()
            .Where(d => d.TryGetProperty("Endpoint", out _)).Select(d => d.GetProperty("Endpoint").GetString()!.Split(':')[1]);
        Assert.Contains(compose.HealthTest("simulators")[^1].Split('/')[^1], endpoints);

        static int Port(JsonDocument json, string section, string name) =>
            json.RootElement.GetProperty(section).GetProperty(name).GetInt32();
    }

    // Silos authenticate nobody, and one of the databases does not: nothing of a site may reach them.
    [Fact]
    public void Silos_and_databases_are_in_a_network_without_the_site()
    {
        var compose = ComposeFile.Parse(Yaml);
        string[] clouds = ["cloud", "cloud-2", "cloud-3"];

        Assert.Equal([.. clouds, "grafana", "influxdb", "postgres"], In("cluster"));
        Assert.Equal(["broker", .. clouds, "pki"], In("site"));
        // All others are in the network of one of these.
        Assert.All(compose.Services.Except(In("cluster")).Except(In("site")), s => Assert.NotNull(compose.Text(s, "network_mode")));
        foreach (var cloud in clouds)
        {
            Assert.Equal(compose.Address(cloud, "cluster"), compose.Environment(cloud)["Cloud__SiloAddress"]);
            Assert.NotNull(compose.Address(cloud, "cluster"));
        }

        List<string> In(string network) =>
            [.. compose.Services.Where(s => compose.List(s, "networks").Contains(network)).Order(StringComparer.Ordinal)];
    }

    [ComposeFact]
    public async Task Compose_itself_takes_the_file_with_every_profile()
    {
        foreach (var env in new[] { "", "docker/cluster.env" })
        {
            string[] files = env.Length == 0 ? [] : ["--env-file", env];
            var start = new ProcessStartInfo(
                ComposeFactAttribute.Program!,
                [.. ComposeFactAttribute.Words, .. files, "--profile", "cluster", "--profile", "grafana", "config", "-q"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, said);
        }
    }

    private static List<string> Mistakes(string yaml) =>
        [.. ComposeRule.Mistakes(ComposeFile.Parse(yaml), Dockerfile, Repository.Product, Exists)];

    private static bool Exists(string path) => File.Exists(Path.Combine(Repository.Root, path));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
}
