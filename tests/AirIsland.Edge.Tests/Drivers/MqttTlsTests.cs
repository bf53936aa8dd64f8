using AirIsland.Edge.Metering;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>Edge and broker prove themselves to each other by certificates that the test makes.</summary>
public sealed class MqttTlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority;
    private readonly TestAuthority _other;

    public MqttTlsTests()
    {
        _authority = new(_folder, "ours");
        _other = new(_folder, "other");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [ExternalFact("mosquitto")]
    public async Task With_the_right_certificates_messages_come()
    {
        await using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"));
        await using var run = new MqttRun(Options(broker, _authority.Sign("edge-test")));
        await run.IsConnectedAsync();

        await broker.PublishAsync("site/meter/level", """{"ts":1,"flow":1,"inner":{"pressure":1}}""");

        await run.SeesAsync(r => r.Good.Count == 1, "the message");
        Assert.Empty(run.Log.Warnings);
    }

    [ExternalTheory("mosquitto")]
    [InlineData("ca", "no authority in")]
    [InlineData("name", "the broker's certificate is not for '127.0.0.1'")]
    [InlineData("time", "the broker's certificate is valid from")]
    [InlineData("purpose", "the broker's certificate is not for '127.0.0.1'")]
    public async Task A_broker_that_cannot_prove_itself_gets_nothing(string wrong, string why)
    {
        var certificate = wrong switch
        {
            "ca" => _other.Sign("broker", "127.0.0.1"),
            "name" => _authority.Sign("broker", "127.0.0.2"),
            "time" => _authority.Sign("broker", "127.0.0.1", validFor: -1),
            _ => _authority.Sign("broker"),
        };
        await using var broker = await BrokerAsync(certificate);
        await using var run = new MqttRun(Options(broker, _authority.Sign("edge-test")));

        await run.SeesAsync(r => r.Log.Warnings.Any(), "a refusal");

        // A certificate of another purpose has no name of a server, either.
        Assert.True(run.Log.Warnings.First().Contains(why, StringComparison.Ordinal), run.Log.Warnings.First());
        Assert.All(run.Scans, s => Assert.Equal(Quality.Bad(QualityReason.Communication), s.Readings[0].Quality));
    }

    [ExternalTheory("mosquitto")]
    [InlineData("ca", "issued by CN=other,")]
    [InlineData("time", "valid from")]
    [InlineData("revoked", "of CN=edge-test, issued by CN=ours,")]
    [InlineData("none", "may want a certificate")]
    public async Task An_edge_that_cannot_prove_itself_is_refused_and_says_why(string wrong, string why)
    {
        (string, string)? certificate = wrong switch
        {
            "ca" => _other.Sign("edge-test"),
            "time" => _authority.Sign("edge-test", validFor: -1),
            "revoked" => _authority.Sign("edge-test", isRevoked: true),
            _ => null,
        };
        await using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"));
        await using var run = new MqttRun(Options(broker, certificate));

        await run.SeesAsync(r => r.Log.Warnings.Any(), "a refusal");

        Assert.True(run.Log.Warnings.First().Contains(why, StringComparison.OrdinalIgnoreCase), run.Log.Warnings.First());
        Assert.DoesNotContain(run.Log.All, l => l.EndsWith("was connected", StringComparison.Ordinal));
    }

    [ExternalFact("mosquitto")]
    public async Task The_right_certificate_opens_no_foreign_topic()
    {
        await File.WriteAllTextAsync(_folder.File("acl"), "user edge-test\ntopic read site/own/#\n");
        await using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"), $"acl_file {_folder.File("acl")}");
        var meter = Site.Mqtt(Site.Level("VolumeFlowRate", 0) with { Path = "flow" });
        var tags = Site.Tags((Device("own"), meter), (Device("foreign"), meter));
        await using var run = new MqttRun(
            Options(broker, _authority.Sign("edge-test")) with { SilentAfter = TimeSpan.FromSeconds(1) }, tags: tags);
        await run.IsConnectedAsync();

        await broker.PublishAsync("site/foreign/level", """{"ts":1,"flow":1}""");
        await broker.PublishAsync("site/own/level", """{"ts":2,"flow":1}""");
        await run.SeesAsync(r => r.Good.Count == 1, "the own topic");

        // Mosquitto takes the subscription and hands nothing over: the edge tells by the silence.
        await run.SeesAsync(r => r.Log.Warnings.Any(l => l.Contains("foreign sent nothing", StringComparison.Ordinal)), "silence");
        Assert.Equal([2L], run.Good.Select(s => s.Instant));

        static DeviceOptions Device(string id) => new() { Id = id, Asset = id, Topic = $"site/{id}" };
    }

    [ExternalTheory("mosquitto")]
    [InlineData("secret\n", true)]
    [InlineData("wrong", false)]
    public async Task The_password_comes_from_its_file_and_goes_nowhere_else(string text, bool isRight)
    {
        using (var made = System.Diagnostics.Process.Start("mosquitto_passwd", ["-b", "-c", _folder.File("users"), "edge", "secret"]))
            await made.WaitForExitAsync();
        await File.WriteAllTextAsync(_folder.File("password"), text);
        await using var broker = await Mosquitto.StartAsync("allow_anonymous false", $"password_file {_folder.File("users")}");
        var options = MqttRun.Broker(broker.Port) with { User = "edge", PasswordFile = _folder.File("password") };
        await using var run = new MqttRun(options);

        await run.SeesAsync(r => r.Log.All.Any(), "an answer");

        Assert.Contains(isRight ? "was connected" : "refused the connection", run.Log.All.First(), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Log.All, l => l.Contains(text.Trim(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing", "Certificate")]
    [InlineData("no PEM", "Certificate")]
    [InlineData("empty CA", "ServerCa")]
    [InlineData("no password", "PasswordFile")]
    public async Task A_file_that_is_missing_or_holds_something_else_is_named(string wrong, string setting)
    {
        var file = _folder.File("some.file");
        if (wrong is not ("missing" or "no password")) await File.WriteAllTextAsync(file, wrong);
        var options = MqttRun.Broker(1);
        options = setting switch
        {
            "ServerCa" => options with { Tls = true, ServerCa = file },
            "PasswordFile" => options with { User = "edge", PasswordFile = file },
            _ => options with { Tls = true, Certificate = file, Key = file },
        };
        await using var run = new MqttRun(options);

        await run.SeesAsync(r => r.Log.Warnings.Any(), "a failure");

        Assert.Contains($"{setting} {file} ", run.Log.Warnings.First(), StringComparison.Ordinal);
    }

    private BrokerOptions Options(Mosquitto broker, (string Certificate, string Key)? own) => MqttRun.Broker(broker.TlsPort) with
    {
        Tls = true,
        ServerCa = _authority.CaFile,
        Certificate = own?.Certificate,
        Key = own?.Key,
    };

    private Task<Mosquitto> BrokerAsync((string Certificate, string Key) own, params string[] lines) => Mosquitto.StartTlsAsync(
    [
        $"cafile {_authority.CaFile}", $"certfile {own.Certificate}", $"keyfile {own.Key}", $"crlfile {_authority.RevokedFile}",
        "require_certificate true", "use_identity_as_username true", .. lines,
    ]);
}
