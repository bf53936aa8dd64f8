using AirIsland.Domain.Metering;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using RpcStatus = Grpc.Core.StatusCode;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Cloud.Tests.Ingest;

public sealed class IngestServiceTests(CloudHost host) : IClassFixture<CloudHost>
{
    private static int _edges;

    private readonly string _edge = $"edge-{Interlocked.Increment(ref _edges)}";

    [Fact]
    public async Task A_batch_is_acknowledged_when_it_is_stored()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();

        var ack = await call.SendBatchAsync(1, call.Levels(0, 1200, points: 20));

        Assert.Equal((Status.Stored, 1ul, Lane.Live), (ack.Status, ack.Sequence, ack.Lane));
        Assert.Equal(1ul, Assert.Single(await Marks()).Sequence);
    }

    [Fact]
    public async Task A_new_stream_is_told_the_watermark_and_a_known_batch_is_acknowledged_and_dropped()
    {
        using (var first = new EdgeCall(host, _edge))
        {
            await first.GreetAsync();
            await first.SendBatchAsync(1, first.Levels(0, 1));
        }

        using var second = new EdgeCall(host, _edge);
        var welcome = await second.GreetAsync();
        var again = await second.SendBatchAsync(1, second.Levels(0, 1));

        Assert.False(welcome.CatalogueWanted);
        Assert.Equal(1ul, Assert.Single(welcome.Watermarks).Sequence);
        Assert.Equal(Status.Stored, again.Status);
        Assert.Equal(1ul, Assert.Single(await Marks()).Sequence);
    }

    [Fact]
    public async Task A_reused_number_asks_for_a_new_epoch()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();
        await call.SendBatchAsync(1, call.Levels(0, 1));

        Assert.Equal(Status.SequenceReused, (await call.SendBatchAsync(1, call.Levels(50, 99))).Status);
    }

    [Fact]
    public async Task A_number_that_skips_one_is_asked_for_again()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();

        Assert.Equal(Status.Retry, (await call.SendBatchAsync(2, call.Levels(0, 1))).Status);
    }

    [Theory]
    [InlineData("checksum")]
    [InlineData("garbage")]
    [InlineData("points")]
    [InlineData("outside")]
    [InlineData("content")]
    [InlineData("unknown content")]
    [InlineData("year 10000")]
    public async Task An_undecodable_batch_is_rejected_and_the_stream_lives_on(string fault)
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();

        var rejected = await call.SendBatchAsync(1, call.Levels(0, 1), batch =>
        {
            if (fault == "checksum") batch.Crc32C++;
            if (fault == "garbage")
            {
                batch.Payload = ByteString.CopyFromUtf8("no block at all");
                batch.Crc32C = Proto.Columns.Checksum.Crc32C(batch.Payload.Span);
            }
            if (fault == "points") batch.PointCount++;
            if (fault == "outside") batch.To = batch.From -= 1000;
            if (fault == "content") batch.Content = Content.Registers;
            if (fault == "unknown content") batch.Content = (Content)7;
            if (fault == "year 10000") batch.To = 253_402_300_800_000;
        });
        var next = await call.SendBatchAsync(2, call.Levels(1, 2));

        Assert.Equal((Status.Rejected, Status.Stored), (rejected.Status, next.Status));
        Assert.NotEmpty(rejected.Reason);
    }

    [Fact]
    public async Task A_clock_in_the_future_is_no_reason_to_reject_and_costs_nobody_a_sample()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();

        Assert.Equal(Status.Stored, (await call.SendBatchAsync(1, call.Levels([0, 1, 86_400 * 3650]))).Status);
    }

    [Fact]
    public async Task A_batch_of_an_unknown_catalogue_is_answered_so_and_can_come_again()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();

        var ack = await call.SendBatchAsync(1, call.Levels(0, 1), batch => batch.Catalogue = ByteString.CopyFrom(new byte[32]));

        Assert.Equal(Status.CatalogueUnknown, ack.Status);
        Assert.Equal(Status.Stored, (await call.SendBatchAsync(1, call.Levels(0, 1))).Status);
    }

    // An edge whose outbox has lost an old catalogue leaves it to the cloud to know it.
    [Fact]
    public async Task A_catalogue_of_an_earlier_stream_need_not_be_sent_again()
    {
        using (var earlier = new EdgeCall(host, _edge))
        {
            await earlier.GreetAsync();
            await earlier.SendBatchAsync(1, earlier.Levels(0, 1));
        }
        using var call = new EdgeCall(host, _edge, epoch: 8);
        await call.SendAsync(new Up { Hello = new Hello { Edge = _edge, Station = "moushan", Epoch = 8 } });
        Assert.NotNull((await call.NextAsync()).Welcome);

        Assert.Equal(Status.Stored, (await call.SendBatchAsync(1, call.Levels(1, 2))).Status);
    }

    [Fact]
    public async Task The_newest_stream_of_an_edge_fences_the_older()
    {
        using var older = new EdgeCall(host, _edge);
        await older.GreetAsync();
        using var newer = new EdgeCall(host, _edge);
        await newer.GreetAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await older.NextAsync());

        Assert.Equal(RpcStatus.Aborted, failure.StatusCode);
        Assert.Equal(Status.Stored, (await newer.SendBatchAsync(1, newer.Levels(0, 1))).Status);
    }

    [Fact]
    public async Task A_stream_that_does_not_say_hello_is_refused()
    {
        using var call = new EdgeCall(host, _edge);
        await call.SendAsync(new Up { Batch = new Batch() });

        Assert.Equal(RpcStatus.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await call.NextAsync())).StatusCode);
    }

    [Fact]
    public async Task A_catalogue_of_another_edge_is_refused()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();
        await call.SendAsync(new Up { Catalogue = Storage.Batches.Wire("somebody-else") });

        Assert.Equal(RpcStatus.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await call.NextAsync())).StatusCode);
    }

    [Fact]
    public async Task Lanes_count_by_themselves()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();
        await call.SendBatchAsync(1, call.Levels(10, 1));

        var backfill = await call.SendBatchAsync(1, call.Levels(5, 1), lane: Lane.Backfill);

        Assert.Equal((Status.Stored, Lane.Backfill), (backfill.Status, backfill.Lane));
        Assert.Equal(2, (await Marks()).Count);
    }

    [Fact]
    public async Task Registers_and_levels_come_in_batches_of_their_own()
    {
        using var call = new EdgeCall(host, _edge);
        await call.GreetAsync();

        var ack = await call.SendBatchAsync(1, call.Block(TagKind.Register, 0, 5000), batch => batch.Content = Content.Registers);

        Assert.Equal(Status.Stored, ack.Status);
    }

    private Task<IReadOnlyList<StoredWatermark>> Marks() => host.Service<ITelemetryStore>().WatermarksAsync(_edge, 7, default);
}
