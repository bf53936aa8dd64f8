using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Tests.Northbound;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

/// <summary>As host and as edge node, the edge proves itself to its broker like the plain MQTT driver.</summary>
public sealed class SparkplugTlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority;

    public SparkplugTlsTests() => _authority = new(_folder, "ours");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [ExternalFact("mosquitto")]
    public async Task A_host_with_the_right_certificate_follows_its_nodes()
    {
        await using var broker = await BrokerAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await using var run = new SparkplugRun(Options(broker, _authority.Sign("edge-test")));
        await Eventually.HoldsAsync(() => node.RebirthRequests > 0, "the host asks for births");

        await node.BearAsync(1000, flow: 1.5);

        await run.SeesAsync(r => r.Of("meter/VolumeFlowRate").Any(), "the birth");
        Assert.Equal(["1000=1500 Good"], run.Of("meter/VolumeFlowRate"));
        Assert.Empty(run.Log.Warnings);
    }

    [ExternalFact("mosquitto")]
    public async Task A_host_without_certificate_is_refused_and_says_why()
    {
        await using var broker = await BrokerAsync();
        await using var run = new SparkplugRun(Options(broker, null));

        await run.SeesAsync(r => r.Log.Warnings.Any(), "a refusal");

        Assert.Contains("may want a certificate", run.Log.Warnings.First(), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Log.All, l => l.EndsWith("was connected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named()
    {
        var file = _folder.File("missing");
        await using var run = new SparkplugRun(MqttRun.Broker(1) with { User = "edge", PasswordFile = file });

        await run.SeesAsync(r => r.Log.Warnings.Any(), "a failure");

        Assert.Contains($"PasswordFile {file} ", run.Log.Warnings.First(), StringComparison.Ordinal);
    }

    [ExternalFact("mosquitto")]
    public async Task A_node_with_the_right_certificate_is_born()
    {
        await using var broker = await BrokerAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);

        await using var run = await NorthboundRun.StartAsync(Options(broker, _authority.Sign("edge-test")), _folder);

        await scada.HearsAsync("NBIRTH");
    }

    // A connection that is taken and then ignored, as by a broker that hangs.
    [Fact]
    public async Task A_broker_that_does_not_answer_is_left_in_time()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var port = ((IPEndPoint)deaf.LocalEndpoint).Port;
        await using var run = new SparkplugRun(MqttRun.Broker(port) with { Timeout = TimeSpan.FromMilliseconds(300) });

        await run.SeesAsync(r => r.Log.Warnings.Any(), "a failure");

        Assert.Contains("the broker did not answer within", run.Log.Warnings.First(), StringComparison.Ordinal);
    }

    private BrokerOptions Options(Mosquitto broker, (string Certificate, string Key)? own) => MqttRun.Broker(broker.TlsPort) with
    {
        Tls = true,
        ServerCa = _authority.CaFile,
        Certificate = own?.Certificate,
        Key = own?.Key,
    };

    private Task<Mosquitto> BrokerAsync()
    {
        var own = _authority.Sign("broker", "127.0.0.1");
        return Mosquitto.StartTlsAsync(
        [
            $"cafile {_authority.CaFile}", $"certfile {own.Certificate}", $"keyfile {own.Key}", "require_certificate true",
            "use_identity_as_username true",
        ]);
    }
}
