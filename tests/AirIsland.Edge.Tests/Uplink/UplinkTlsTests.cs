using System.Text.Json;
using AirIsland.Edge.Configuration;
using AirIsland.Edge.Uplink;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Tests.Uplink;

public class UplinkTlsTests
{
    [Fact]
    public async Task The_cloud_sees_the_certificate_of_the_edge()
    {
        using var certificates = new TestCertificates();
        var serial = certificates.Issue("edge-1");
        await using var bench = await OpenAsync(certificates);

        await bench.StartAsync();
        await bench.AppendAsync(1, 5);
        await bench.DrainedAsync();

        Assert.Equal(5, bench.Stored.Count());
        Assert.Equal([serial], bench.Cloud.Certificates);
    }

    [Fact]
    public async Task A_new_certificate_is_used_without_a_restart_and_what_comes_meanwhile_is_live_and_stored_once()
    {
        using var certificates = new TestCertificates();
        await using var bench = await OpenAsync(certificates);
        await bench.StartAsync();
        await Eventually.HoldsAsync(() => bench.Outbox.Store.Link.IsUp, "the link is up");
        await bench.AppendAsync(1, 5);

        var serial = certificates.Issue("edge-1");
        for (var n = 6; bench.Cloud.Certificates.Count < 2 && n < 2000; n++)
        {
            await bench.AppendAsync(n, n);
            await Task.Delay(5);
        }
        await bench.DrainedAsync();

        Assert.Equal(serial, bench.Cloud.Certificates.Last());
        Assert.Equal(Enumerable.Range(1, bench.Stored.Count()).Select(n => (long)n), bench.Stored.Order());
        Assert.All(bench.Cloud.Stored, b => Assert.Equal(Proto.Telemetry.V1.Lane.Live, b.Lane));
        Assert.Empty(bench.Log.Warnings);
        Assert.Equal(0, bench.Outbox.Status.Reconnects);
    }

    [Fact]
    public async Task A_half_written_certificate_changes_nothing_and_is_told_once()
    {
        using var certificates = new TestCertificates();
        await using var bench = await OpenAsync(certificates);
        await bench.StartAsync();
        await Eventually.HoldsAsync(() => bench.Cloud.Hellos.Count == 1, "the link is up");

        certificates.Write("edge.pem", "-----BEGIN CERTIFICATE-----\nMIIB");
        await Eventually.HoldsAsync(() => bench.Log.Warnings.Any(), "a warning");
        bench.Cloud.RefuseOnce();
        await bench.AppendAsync(1, 3);
        await bench.DrainedAsync();

        Assert.Equal(3, bench.Stored.Count());
        Assert.Single(bench.Log.Warnings, l => l.Contains("edge.pem cannot be used", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expired", "NotTimeValid")]
    [InlineData("another host", "RemoteCertificateNameMismatch")]
    [InlineData("another authority", "UntrustedRoot|PartialChain")]
    public async Task A_cloud_that_is_not_the_right_one_gets_nothing_and_the_log_says_why(string fault, string expected)
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        var listening = (fault == "another authority" ? others : certificates)
            .Listening(fault == "another host" ? "cloud.example" : "127.0.0.1", fault == "expired");
        var options = UplinkBench.Options with { Tls = certificates.Files };
        await using var bench = UplinkBench.Open(await ScriptedCloud.StartAsync(listening), options);

        await bench.StartAsync();
        await bench.AppendAsync(1, 1);
        await Eventually.HoldsAsync(() => bench.Log.Warnings.Any(), "a warning");

        Assert.Matches($"({expected}).*own certificate CN=edge-1, valid from", Assert.Single(bench.Log.Warnings));
        Assert.Empty(bench.Cloud.Hellos);
        Assert.Equal(1, bench.Outbox.Store.State.Pending);
    }

    [Fact]
    public async Task Files_that_cannot_be_read_stop_the_link_and_not_the_edge()
    {
        using var certificates = new TestCertificates();
        File.Delete(certificates.Files.Key);
        await using var bench = await OpenAsync(certificates);

        await bench.StartAsync();
        await bench.AppendAsync(1, 3);
        await Eventually.HoldsAsync(() => bench.Log.Warnings.Any(), "a warning");
        certificates.Issue("edge-1");
        await bench.DrainedAsync();

        Assert.Contains("edge.key", Assert.Single(bench.Log.Warnings), StringComparison.Ordinal);
        Assert.Equal(3, bench.Stored.Count());
    }

    [Fact]
    public void What_is_wrong_with_the_files_is_told_without_a_network()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();

        Assert.Empty(certificates.Files.FileMistakes("Tls", "edge-1"));
        Assert.Contains("is of 'edge-1', not of edge 'edge-2'", Single(certificates.Files, "edge-2"), StringComparison.Ordinal);
        Assert.Contains("edge.pem cannot be used", Single(certificates.Files with { Key = others.Files.Key }), StringComparison.Ordinal);
        Assert.Contains("nowhere.pem", Single(certificates.Files with { Ca = "/nowhere.pem" }), StringComparison.Ordinal);
        var keyAsCa = certificates.Files with { Ca = certificates.Files.Key };
        Assert.Contains("has no certificate in it", Single(keyAsCa), StringComparison.Ordinal);

        static string Single(UplinkTls files, string edge = "edge-1") => Assert.Single(files.FileMistakes("Tls", edge));
    }

    [Fact]
    public void The_sample_binds_and_is_valid_and_names_every_setting()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "samples", "Uplink.json");
        using var host = EdgeApp.Build(["--config", file]);

        Assert.False(host.Services.GetRequiredService<UplinkOptions>().Tls.IsEmpty);
        using var sample = JsonDocument.Parse(File.ReadAllText(file));
        var named = sample.RootElement.GetProperty("Edge").GetProperty("Uplink").EnumerateObject().Select(p => p.Name);
        Assert.Equal(typeof(UplinkOptions).GetProperties().Select(p => p.Name).Order(), named.Order());
    }

    [Theory]
    [InlineData("--Edge:Cloud=http://10.0.0.1:5081", "is on another machine: https is wanted")]
    [InlineData("--Edge:Cloud=https://a.test:5081 http://10.0.0.1:5081", "'http://10.0.0.1:5081' is on another machine: https is wanted")]
    [InlineData("--Edge:Uplink:Tls:Ca=ca.pem", "Edge:Uplink:Tls has no meaning with 'http://127.0.0.1:5081'")]
    [InlineData("--Edge:Uplink:Tls:Key=edge.key", "Edge:Uplink:Tls:Certificate is empty")]
    [InlineData("--Edge:Uplink:BackfillBytes=1", "Edge:Uplink:BackfillBytes 1 is not between")]
    public void A_wrong_setting_is_named(string setting, string expected)
    {
        using var host = EdgeApp.Build([setting]);

        var failures = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<EdgeOptions>()).Failures;

        Assert.Contains(failures, f => f.Contains(expected, StringComparison.Ordinal));
    }

    private static async Task<UplinkBench> OpenAsync(TestCertificates certificates) => UplinkBench.Open(
        await ScriptedCloud.StartAsync(certificates.Listening()), UplinkBench.Options with { Tls = certificates.Files });
}
