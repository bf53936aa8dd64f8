using AirIsland.Cloud.Tests.Storage;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using Grpc.Core;
using RpcStatus = Grpc.Core.StatusCode;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Cloud.Tests.Ingest;

/// <summary>
/// Who does not keep to the contract is refused or bounded, told why and counted; after each an honest edge is acknowledged as before.
/// </summary>
[Collection(StrictHost.Name)]
public sealed class HostileEdgeTests(StrictHost host) : IAsyncLifetime
{
    private static int _edges;

    private readonly string _edge = $"hostile-{Interlocked.Increment(ref _edges)}";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => HonestAsync($"{_edge}-honest", batches: 3);

    [Fact]
    public async Task A_message_that_is_too_large_is_refused()
    {
        using var call = await GreetedAsync();
        await SendLargeAsync(call, new Up { Batch = new Batch { Payload = ByteString.CopyFrom(new byte[5 << 20]) } });

        await RefusedAsync(call, RpcStatus.ResourceExhausted, "more than 4194304 bytes", "size");
    }

    [Fact]
    public async Task A_payload_that_is_too_large_is_refused()
    {
        using var call = await GreetedAsync();
        var payload = ByteString.CopyFrom(new byte[2 << 20]);
        await call.SendAsync(new Up { Batch = new Batch { Epoch = 7, Lane = Lane.Live, Payload = payload } });

        await RefusedAsync(call, RpcStatus.ResourceExhausted, "payload of 2097152 bytes, limit 1048576", "size");
    }

    [Fact]
    public async Task A_stream_without_a_hello_ends()
    {
        using var call = new EdgeCall(host, _edge);

        await RefusedAsync(call, RpcStatus.DeadlineExceeded, "a Hello did not come within 1 s", "silence");
    }

    [Fact]
    public async Task A_hello_that_nothing_follows_ends()
    {
        using var call = await GreetedAsync();

        await RefusedAsync(call, RpcStatus.DeadlineExceeded, "another message did not come within 4 s", "silence");
    }

    [Theory]
    [InlineData("")]
    [InlineData("edge 1")]
    [InlineData("../edge")]
    [InlineData("long")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        using var call = new EdgeCall(host, name == "long" ? new string('e', 65) : name);
        await call.HelloAsync();

        await RefusedAsync(call, RpcStatus.InvalidArgument, "Hello", "hello");
    }

    [Theory]
    [InlineData("hello again")]
    [InlineData("nothing")]
    [InlineData("another epoch")]
    [InlineData("lane 9")]
    public async Task Messages_out_of_order_end_the_stream(string what)
    {
        using var call = await GreetedAsync();
        await call.SendAsync(what switch
        {
            "hello again" => new Up { Hello = new Hello { Edge = _edge, Station = "moushan", Epoch = 7 } },
            "nothing" => new Up(),
            "another epoch" => new Up { Batch = new Batch { Epoch = 8, Lane = Lane.Live } },
            _ => new Up { Batch = new Batch { Epoch = 7, Lane = (Lane)9 } },
        });

        await RefusedAsync(call, RpcStatus.InvalidArgument, "", "order");
    }

    [Theory]
    [InlineData("year 1")]
    [InlineData("year 9999")]
    [InlineData("backwards")]
    [InlineData("gap outside")]
    [InlineData("gap of an unknown tag")]
    [InlineData("unknown tag")]
    [InlineData("quality 3")]
    [InlineData("a billion points")]
    [InlineData("bomb")]
    [InlineData("bomb of Bad samples")]
    [InlineData("clocks without end")]
    [InlineData("boot with a zero")]
    [InlineData("long boot")]
    [InlineData("group with a zero")]
    [InlineData("long group")]
    [InlineData("gap reason with a zero")]
    [InlineData("long gap reason")]
    public async Task A_batch_that_makes_no_sense_is_set_aside_with_its_reason(string what)
    {
        using var call = await GreetedAsync();
        var before = await host.CountedAsync("airisland_ingest_rejected");

        var rejected = await call.SendBatchAsync(1, call.Levels(0, 1), batch => batch.Spoil(what));

        Assert.Equal((Status.Rejected, 1ul), (rejected.Status, rejected.Sequence));
        Assert.NotEmpty(rejected.Reason);
        Assert.Equal(Status.Stored, (await call.SendBatchAsync(2, call.Levels(1, 2))).Status);
        await host.ReachesAsync(before + 1, "airisland_ingest_rejected");
    }

    [Fact]
    public async Task A_catalogue_of_a_million_tags_is_refused()
    {
        using var call = await GreetedAsync();
        await SendLargeAsync(call, new Up { Catalogue = Tags(1_000_000) });

        await RefusedAsync(call, RpcStatus.ResourceExhausted, "more than 4194304 bytes", "size");
    }

    [Fact]
    public async Task A_catalogue_with_more_tags_than_a_station_has_is_refused()
    {
        using var call = await GreetedAsync();
        await call.SendAsync(new Up { Catalogue = Tags(20_001) });

        await RefusedAsync(call, RpcStatus.InvalidArgument, "20001 tags, limit 20000", "catalogue");
    }

    [Fact]
    public async Task Catalogues_without_end_are_refused()
    {
        using var call = await GreetedAsync();
        for (var i = 0; i < StrictHost.NewCatalogues; i++) await call.SendAsync(new Up { Catalogue = Tags(3 + i) });

        await RefusedAsync(call, RpcStatus.ResourceExhausted, $"brought {StrictHost.NewCatalogues} new catalogues", "catalogue");
    }

    [Fact]
    public async Task Streams_without_end_are_refused_and_who_is_connected_stays()
    {
        using var honest = await GreetedAsync();
        var crowd = Enumerable.Range(0, StrictHost.Streams - 1).Select(i => new EdgeCall(host, $"{_edge}-{i}")).ToList();
        foreach (var member in crowd) await member.GreetAsync();
        using var last = new EdgeCall(host, $"{_edge}-last");

        await RefusedAsync(last, RpcStatus.ResourceExhausted, $"{StrictHost.Streams} streams are open", "streams");
        Assert.Equal(Status.Stored, (await honest.SendBatchAsync(1, honest.Levels(0, 1))).Status);
        crowd.ForEach(member => member.Dispose());
        await EndedAsync();
    }

    // Each batch out of order has an answer of its own: they fill the link, and then nothing moves.
    [Fact]
    public async Task Who_never_reads_is_ended_and_holds_nobody_up()
    {
        using var call = await GreetedAsync();
        var honest = HonestAsync($"{_edge}-beside", batches: 10);

        var sent = 0;
        try
        {
            for (; sent < 100_000; sent++) await call.SendOnlyAsync(9, call.Levels(0, 1));
        }
        catch (Exception e) when (e is RpcException or IOException or OperationCanceledException)
        {
            // The link is full: it cannot carry the reason any more.
        }

        Assert.True(sent < 100_000, "the cloud took a hundred thousand batches of an edge that reads nothing");
        await host.ReachesAsync(1, "airisland_ingest_refused", "reason=\"unread\"");
        await honest;
    }

    [Fact]
    public async Task An_honest_edge_is_acknowledged_beside_a_crowd_of_others()
    {
        using var ending = new CancellationTokenSource();
        string[] attacks = ["bomb", "bomb of Bad samples", "year 1", "unknown tag", "clocks without end"];
        var crowd = attacks.Select((a, i) => AttackAsync($"{_edge}-{i}", a, ending.Token)).ToList();

        await HonestAsync($"{_edge}-beside", batches: 40);

        await ending.CancelAsync();
        Assert.All(await Task.WhenAll(crowd), rejected => Assert.True(rejected > 0, "an attack did nothing"));
    }

    private async Task<EdgeCall> GreetedAsync()
    {
        var call = new EdgeCall(host, _edge);
        await call.GreetAsync();
        return call;
    }

    /// <summary>The cloud does not wait for the end of what is too large.</summary>
    private static async Task SendLargeAsync(EdgeCall call, Up up)
    {
        try
        {
            await call.SendAsync(up);
        }
        catch (Exception e) when (e is RpcException or IOException or OperationCanceledException)
        {
            // The answer says why.
        }
    }

    private async Task RefusedAsync(EdgeCall call, RpcStatus status, string why, string word)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call.NextAsync());

        Assert.Equal(status, failure.StatusCode);
        Assert.Contains(why, failure.Status.Detail, StringComparison.Ordinal);
        await host.ReachesAsync(1, "airisland_ingest_refused", $"reason=\"{word}\"");
    }

    /// <summary>Every batch is acknowledged as stored, each within five seconds.</summary>
    private async Task HonestAsync(string edge, ulong batches)
    {
        using var call = new EdgeCall(host, edge);
        await call.GreetAsync();
        for (var sequence = 1ul; sequence <= batches; sequence++)
        {
            var ack = await call.SendBatchAsync(sequence, call.Levels((int)sequence, 1, points: 20)).WaitAsync(TimeSpan.FromSeconds(5));
            Assert.Equal((Status.Stored, sequence), (ack.Status, ack.Sequence));
        }
    }

    private async Task<int> AttackAsync(string edge, string attack, CancellationToken ending)
    {
        using var call = new EdgeCall(host, edge);
        await call.GreetAsync();
        for (var sequence = 1; ; sequence++)
        {
            var ack = await call.SendBatchAsync((ulong)sequence, call.Levels(0, 1), batch => batch.Spoil(attack));
            Assert.Equal(Status.Rejected, ack.Status);
            if (ending.IsCancellationRequested) return sequence;
        }
    }

    /// <summary>After a crowd went there is room again.</summary>
    private async Task EndedAsync()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            try
            {
                await HonestAsync($"{_edge}-after", batches: 0);
                return;
            }
            catch (RpcException e) when (e.StatusCode == RpcStatus.ResourceExhausted)
            {
                await Task.Delay(100);
            }
        }
        Assert.Fail("no room after the crowd went");
    }

    private Catalogue Tags(int count)
    {
        var (catalogue, wanted) = (Batches.Wire(_edge), Batches.Wire(_edge).Tags[0]);
        for (var i = 0; i < count - 2; i++)
        {
            var tag = wanted.Clone();
            tag.Id = $"moushan/asset-{i}/Power";
            catalogue.Tags.Add(tag);
        }
        return catalogue;
    }
}
