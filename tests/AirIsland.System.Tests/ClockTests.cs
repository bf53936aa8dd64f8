using System.Globalization;
using System.Net;
using System.Text.Json;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Edge;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AirIsland.SystemTests;

/// <summary>An edge without the time of day, and a cloud that has it: a real outbox, a real ingester, a real bill.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private const int Reads = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScratchDirectory _data = new();
    private readonly TickingMeter _meter = new();
    private readonly int[] _ports = FreePorts.Of(4);

    public Task InitializeAsync() => Task.CompletedTask;

    // oem_gateway#12, chirpstack-network-server#519: data under 1970, from before NTP.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_edge_read_in_1970_is_billed_for_the_hour_it_was_read_in(bool isLinkUp)
    {
        WriteSettings();
        var time = new WrongClock(DateTimeOffset.UnixEpoch.AddMinutes(10));
        using var edge = EdgeApp.Build(["--config", PathOf("edge.json")], builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        });
        var early = isLinkUp ? await StartCloudAsync() : null;
        await edge.StartAsync();
        await UntilAsync(() => Task.FromResult(_meter.Replies.Count >= Reads), "it read the meter");
        using var cloud = early ?? await StartCloudAsync();
        var (from, to) = (_meter.Replies[2], _meter.Replies[Reads - 3]);
        Assert.Equal(HttpStatusCode.Conflict, (await BillAsync(from, to)).Status);

        time.SetRight();
        JsonElement bill = default;
        await UntilAsync(
            async () =>
            {
                (var status, bill) = await BillAsync(from, to);
                return status == HttpStatusCode.OK;
            },
            "it was billed");

        // A litre a millisecond, give or take how long a request was under way.
        var volume = decimal.Parse(bill.GetProperty("meterM3").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange(volume - (decimal)(to - from).TotalSeconds, -1, 1);
        Assert.Equal("Uncertain/Substituted", bill.GetProperty("start").GetProperty("quality").GetString());
        await edge.StopAsync();
        await cloud.InterruptAsync();
        Assert.Equal(0, await cloud.EndAsync(Patience));
        await CheckStoreAsync();
    }

    public async Task DisposeAsync()
    {
        await _meter.DisposeAsync();
        _data.Dispose();
    }

    private async Task CheckStoreAsync()
    {
        using var store = new EmbeddedTelemetryStore(new() { Directory = PathOf("cloud") }, NullLogger<EmbeddedTelemetryStore>.Instance);
        var tag = Assert.Single(await store.TagsAsync(new StationId("site"), default));
        var samples = new List<Sample>();
        await foreach (var sample in store.Read(tag, NodaConstants.UnixEpoch, Instant.FromUtc(9998, 1, 1, 0, 0), default))
            samples.Add(sample);

        Assert.InRange(samples.Count(s => s.Quality == Quality.Uncertain(QualityReason.Substituted)), 5, int.MaxValue);
        Assert.Contains(samples, s => s.Quality == Quality.Good);
        Assert.All(samples.Where(s => s.Count is not null), s =>
        {
            var read = Instant.FromDateTimeOffset(_meter.Start) + NodaTime.Duration.FromMilliseconds(s.Count ?? 0);
            Assert.InRange((s.At - read).TotalSeconds, -1, 1);
        });
        // What came is kept as it came.
        await foreach (var entry in store.Follow(new("site"), 0, default))
        {
            var block = Proto.Columns.BlockReader.Read(entry.Payload, entry.Encoding);
            if (block.Groups.FirstOrDefault(g => g.Stamp is not null) is { } group)
            {
                Assert.Equal(1970, DateTimeOffset.FromUnixTimeMilliseconds(group.Instants[0]).Year);
                return;
            }
        }
        Assert.Fail("nothing says that it was stamped by a clock that was not believed");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience) Assert.Fail($"never: {what}");
            await Task.Delay(100);
        }
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> BillAsync(DateTimeOffset from, DateTimeOffset to)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var period = string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-ddTHH:mm:ss.fff}Z&to={to:yyyy-MM-ddTHH:mm:ss.fff}Z");
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_ports[0]}/api/v1/companies/mill/bill?{period}"));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<DemoProcess> StartCloudAsync()
    {
        var cloud = DemoProcess.StartProgram(
            "AirIsland.Cloud", $"--Cloud:Data={PathOf("cloud")}", $"--Cloud:Site={PathOf("site.json")}",
            $"--Cloud:HttpPort={_ports[0]}", $"--Cloud:GrpcPort={_ports[1]}", $"--Cloud:SiloPort={_ports[2]}",
            $"--Cloud:GatewayPort={_ports[3]}",
            // The host says at this level that it has started.
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        await cloud.SaysAsync("Application started", Patience);
        return cloud;
    }

    private void WriteSettings()
    {
        Directory.CreateDirectory(PathOf("profiles"));
        File.WriteAllText(PathOf("profiles/ticking.json"), TickingMeter.Profile);
        var meter = new { Id = "meter", Asset = "mill", Profile = "ticking", Endpoint = $"127.0.0.1:{_meter.Port}", Unit = 1 };
        var edge = new
        {
            Id = "edge-1",
            Station = "site",
            Cloud = $"http://127.0.0.1:{_ports[1]}",
            Data = PathOf("edge"),
            Profiles = PathOf("profiles"),
            Devices = new[] { meter },
            Outbox = new { ReserveBytes = 0 },
        };
        File.WriteAllText(PathOf("edge.json"), JsonSerializer.Serialize(new { Edge = edge }));
        File.WriteAllText(PathOf("site.json"), """
            {
              "stations": [ {
                "id": "site", "name": "站", "nameEn": "Site", "zone": "Asia/Shanghai", "headerPressureLow": 0.6, "headerPressureHigh": 0.8,
                "energyTags": [], "assets": [],
                "companies": [ {
                  "id": "mill", "name": "厂", "nameEn": "Mill", "volumeTag": "site/mill/AccumulatedVolume",
                  "flowTag": "site/mill/VolumeFlowRate", "idle": [],
                  "contract": [ {
                    "id": "air", "version": 1, "validFrom": "2024-01-01", "priceCnyPerM3": 0.1, "referenceState": "Standard20" } ]
                } ]
              } ]
            }
            """);
    }

    private string PathOf(string file) => Path.Combine(_data.Path, file);
}
