using System.Net;
using System.Security.Cryptography.X509Certificates;
using AirIsland.Cloud.Access;
using AirIsland.Proto.Telemetry.V1;
using Grpc.Core;
using RpcStatus = Grpc.Core.StatusCode;

namespace AirIsland.Cloud.Tests.Access;

// thingsboard/thingsboard#12708: certificates, never secrets in paths.
public sealed class EdgeTrustTests(TlsCloud cloud) : IClassFixture<TlsCloud>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task An_edge_is_welcome_under_the_name_of_its_certificate()
    {
        cloud.Authority.IssueEdge("edge-1", Day);

        var (call, answer) = await cloud.HelloAsync("edge-1", cloud.Certificate("edge-1"));

        using (call) Assert.NotNull(answer?.Welcome);
    }

    [Fact]
    public async Task A_certificate_of_another_edge_is_refused_and_does_not_fence()
    {
        cloud.Authority.IssueEdge("edge-2", Day);
        cloud.Authority.IssueEdge("edge-3", Day);
        var (call, _) = await cloud.HelloAsync("edge-2", cloud.Certificate("edge-2"));

        var failure = await Assert.ThrowsAsync<RpcException>(() => cloud.HelloAsync("edge-2", cloud.Certificate("edge-3")));

        const string Reason = "the certificate is of 'edge-3', not of 'edge-2'";
        Assert.Equal((RpcStatus.PermissionDenied, Reason), (failure.StatusCode, failure.Status.Detail));
        Assert.Contains(cloud.Log, l => l == $"A stream as edge edge-2 was refused: {Reason}");
        using (call)
        {
            await call.RequestStream.WriteAsync(new Up { Catalogue = Storage.Batches.Wire("edge-2") });
            await Task.Delay(200);
            Assert.DoesNotContain(cloud.Log, l => l.Contains("Edge edge-2 was fenced", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("elsewhere", "moushan")]
    [InlineData("unregistered", "moushan")]
    [InlineData("edge-1", "other-station")]
    public async Task An_edge_writes_for_the_stations_it_is_registered_for_and_no_other(string edge, string station)
    {
        cloud.Authority.IssueEdge(edge, Day);

        var failure = await Assert.ThrowsAsync<RpcException>(() => cloud.HelloAsync(edge, cloud.Certificate(edge), station));

        var reason = $"edge '{edge}' is not registered for station '{station}': Cloud:Edges does not say so";
        Assert.Equal((RpcStatus.PermissionDenied, reason), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task A_catalogue_of_another_station_than_the_streams_is_refused()
    {
        cloud.Authority.IssueEdge("elsewhere", Day);
        var (call, _) = await cloud.HelloAsync("elsewhere", cloud.Certificate("elsewhere"), "other-station");

        using (call)
        {
            await call.RequestStream.WriteAsync(new Up { Catalogue = Storage.Batches.Wire("elsewhere") });

            var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
            const string Reason = "the catalogue is of station 'moushan', the stream of 'other-station'";
            Assert.Equal((RpcStatus.PermissionDenied, Reason), (failure.StatusCode, failure.Status.Detail));
        }
    }

    [Fact]
    public async Task Every_list_of_the_file_counts_and_a_serial_number_only_for_its_issuer()
    {
        var second = new TestAuthority(cloud.PathOf("second"), TlsCloud.Now);
        second.IssueEdge("second-1", Day);
        cloud.Authority.IssueEdge("second-2", Day);
        cloud.Authority.Revoke("second-2");
        // The other authority gave out the same number.
        TestEdges.Issue(cloud.PathOf("second"), "second-2", cloud.Certificate("second-2").SerialNumberBytes);
        second.Revoke("second-1");
        await File.AppendAllTextAsync(cloud.PathOf("pki/ca.pem"), await File.ReadAllTextAsync(cloud.PathOf("second/ca.pem")));
        await File.AppendAllTextAsync(cloud.PathOf("pki/revoked.crl"), await File.ReadAllTextAsync(cloud.PathOf("second/revoked.crl")));

        await Assert.ThrowsAnyAsync<Exception>(() => cloud.HelloAsync("second-2", cloud.Certificate("second-2")));
        await Assert.ThrowsAnyAsync<Exception>(() => cloud.HelloAsync("second-1", cloud.Certificate("second-1", "second")));
        var (call, answer) = await cloud.HelloAsync("second-2", cloud.Certificate("second-2", "second"));

        using (call) Assert.NotNull(answer?.Welcome);
        var refused = cloud.Log.Where(l => l.Contains("CN=second-", StringComparison.Ordinal));
        Assert.Equal(2, refused.Count(l => l.EndsWith("Revoked", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-----BEG")]
    [InlineData("-----BEGIN X509 CRL-----")]
    [InlineData("-----BEGIN X509 CRL-----\nMIIB")]
    [InlineData("-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL----")]
    public async Task A_second_list_that_is_half_written_leaves_the_lists_before_in_use(string half)
    {
        var path = cloud.PathOf("pki/revoked.crl");
        var first = $"half-{half.Length}";
        cloud.Authority.IssueEdge(first, Day);
        cloud.Authority.Revoke(first);
        await Assert.ThrowsAnyAsync<Exception>(() => cloud.HelloAsync(first, cloud.Certificate(first)));
        var lists = await File.ReadAllTextAsync(path);
        var empty = new TestAuthority(cloud.PathOf(first), TlsCloud.Now);
        empty.IssueEdge("other", Day);
        empty.Revoke("other");
        try
        {
            // Whole for its first list, which names nobody who calls; of the second only the beginning is there.
            await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(cloud.PathOf($"{first}/revoked.crl")) + half);

            await Assert.ThrowsAnyAsync<Exception>(() => cloud.HelloAsync(first, cloud.Certificate(first)));
            var refused = cloud.Log.Where(l => l.Contains($"CN={first} ", StringComparison.Ordinal)).ToList();
            Assert.Equal(2, refused.Count(l => l.EndsWith("Revoked", StringComparison.Ordinal)));
            Assert.Contains(cloud.Log, l => l.Contains("revoked.crl cannot be used: a list in it is not whole", StringComparison.Ordinal));
        }
        finally
        {
            await File.WriteAllTextAsync(path, lists);
        }
    }

    [Theory]
    [InlineData("wrong-ca", "UntrustedRoot|PartialChain")]
    [InlineData("expired", "NotTimeValid: certificate has expired")]
    [InlineData("not-yet", "NotTimeValid: certificate is not yet valid")]
    [InlineData("revoked", "Revoked")]
    [InlineData("server-use", "NotValidForUsage")]
    [InlineData("none", "no certificate was shown")]
    public async Task Another_certificate_is_refused_at_the_door_and_the_log_says_why(string fault, string expected)
    {
        var certificate = Make(fault);

        await Assert.ThrowsAnyAsync<Exception>(() => cloud.HelloAsync(fault, certificate));

        var subject = certificate?.Subject ?? "by nobody";
        var line = Assert.Single(cloud.Log, l => l.Contains(subject, StringComparison.Ordinal));
        Assert.Matches(expected, line);
    }

    [Fact]
    public async Task A_certificate_that_runs_out_ends_its_stream()
    {
        cloud.Authority.IssueEdge("short", TlsCloud.Now.AddHours(-1), TlsCloud.Now.AddSeconds(4));
        var (call, answer) = await cloud.HelloAsync("short", cloud.Certificate("short"));
        Assert.NotNull(answer);

        using (call)
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
            Assert.Equal(RpcStatus.Unauthenticated, failure.StatusCode);
            Assert.Contains("expired", failure.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_certificate_that_is_revoked_ends_its_stream()
    {
        // Several: a serial number begins with any byte.
        for (var n = 0; n < 6; n++)
        {
            cloud.Authority.IssueEdge($"stolen-{n}", Day);
            var (call, _) = await cloud.HelloAsync($"stolen-{n}", cloud.Certificate($"stolen-{n}"));
            cloud.Authority.Revoke($"stolen-{n}");

            using (call)
            {
                var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
                Assert.Equal((RpcStatus.Unauthenticated, "Revoked"), (failure.StatusCode, failure.Status.Detail));
            }
        }
    }

    [Fact]
    public async Task A_new_certificate_of_the_cloud_is_shown_without_a_restart_and_half_a_file_is_not()
    {
        var before = await cloud.ShownAsync();
        cloud.Authority.IssueCloud(["localhost", "cloud.example"], Day);
        var after = await cloud.ShownAsync();
        var text = await File.ReadAllTextAsync(cloud.PathOf("pki/cloud.pem"));
        await File.WriteAllTextAsync(cloud.PathOf("pki/cloud.pem"), text[..100]);
        var during = await cloud.ShownAsync();
        await File.WriteAllTextAsync(cloud.PathOf("pki/cloud.pem"), text);

        Assert.NotEqual(before, after);
        Assert.Equal(after, during);
        Assert.Contains(cloud.Log, l => l.StartsWith("The files of Cloud:Tls were changed and", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/v1/stations")]
    [InlineData("/metrics")]
    [InlineData("/")]
    public async Task The_listener_for_edges_serves_nothing_else(string path)
    {
        cloud.Authority.IssueEdge("curious", Day);
        using var client = cloud.Client(cloud.Certificate("curious"));

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task An_edge_is_served_behind_a_forwarded_port()
    {
        cloud.Authority.IssueEdge("behind-nat", Day);
        using var client = cloud.Client(cloud.Certificate("behind-nat"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/airisland.telemetry.v1.Telemetry/Stream")
        {
            Version = HttpVersion.Version20,
            Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/grpc") } },
        };
        request.Headers.Host = "localhost:443";

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("must be a Hello", await MessageAsync(answer), StringComparison.Ordinal);

        static async Task<string> MessageAsync(HttpResponseMessage answer)
        {
            await answer.Content.ReadAsByteArrayAsync();
            return answer.TrailingHeaders.Concat(answer.Headers).Single(h => h.Key == "grpc-message").Value.Single();
        }
    }

    [Fact]
    public async Task The_names_of_the_certificate_are_hosts_and_others_are_not()
    {
        cloud.Authority.IssueEdge("caller", Day);
        // The client insists on a certificate of that name; the cloud knows the names of the one it started with.
        cloud.Authority.IssueCloud(["localhost", "cloud.example", "evil.example"], Day);
        using var client = cloud.Client(cloud.Certificate("caller"));

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync("cloud.example"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync("localhost"));
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync("evil.example"));

        async Task<HttpStatusCode> AskAsync(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing") { Version = HttpVersion.Version20 };
            request.Headers.Host = $"{host}:{cloud.Address.Port}";
            return (await client.SendAsync(request)).StatusCode;
        }
    }

    private X509Certificate2? Make(string fault)
    {
        var now = TlsCloud.Now;
        switch (fault)
        {
            case "none":
                return null;
            case "wrong-ca":
                new TestAuthority(cloud.PathOf("other"), now).IssueEdge(fault, Day);
                return cloud.Certificate(fault, "other");
            case "expired":
                cloud.Authority.IssueEdge(fault, now.AddMinutes(-50), now.AddMinutes(-40));
                return cloud.Certificate(fault);
            case "not-yet":
                cloud.Authority.IssueEdge(fault, now.AddHours(1), now.AddHours(2));
                return cloud.Certificate(fault);
            case "server-use":
                return cloud.Certificate("cloud");
            default:
                cloud.Authority.IssueEdge(fault, Day);
                cloud.Authority.Revoke(fault);
                return cloud.Certificate(fault);
        }
    }
}
