using AirIsland.Cloud.Tests.Servers;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using AirIsland.Storage.Telemetry.InfluxDb;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>The contract against a real influxdb, and what is InfluxDB's own.</summary>
[NeedsProgram("influxd")]
public sealed class InfluxDbTelemetryStoreTests(InfluxServer server) : TelemetryStoreContract, IClassFixture<InfluxServer>
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-influx-store-").FullName;
    private readonly string _database = server.NewDatabase();

    public override async Task DisposeAsync()
    {
        await ((InfluxDbTelemetryStore)Store).DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [ContractFact]
    public async Task Levels_are_points_a_person_can_ask_for_and_registers_are_not_there()
    {
        await AppendAsync(Received(1, Flow, 0, 1234));
        await AppendAsync(Received(2, Volume, 0, 5));

        var answer = await server.AskAsync(_database, "SELECT value, quality, unit FROM \"VolumeFlowRate\" WHERE asset = 'lifode'");

        Assert.Contains($"[[{NoonMs}000000,1.234,0,\"m3/min\"]]", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("AccumulatedVolume", await server.AskAsync(_database, "SHOW MEASUREMENTS"), StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task A_bad_sample_has_a_quality_and_no_value()
    {
        var builder = new BlockBuilder();
        builder.Add("g", NoonMs, Number, null, Quality.Bad(QualityReason.Communication).Code);
        builder.Add("g", NoonMs + 1000, Number, 7, Quality.Uncertain(QualityReason.OutOfRange).Code);
        await AppendAsync(Received(1, Flow, 0, 1) with { Block = builder.Encode() });

        var samples = await ReadAsync(Flow, 0, 60);

        Assert.Equal([(null, Quality.Bad(QualityReason.Communication)), (7, Quality.Uncertain(QualityReason.OutOfRange))],
            samples.Select(s => (s.Count, s.Quality)));
        var answer = await server.AskAsync(_database, "SELECT value, quality FROM \"VolumeFlowRate\"");
        Assert.Contains(",null,", answer, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task Two_samples_of_a_tag_at_one_instant_are_both_kept()
    {
        await AppendAsync(Received(1, Flow, 0, 1) with { Block = Block(Catalogue, Flow, (0, 1), (0, 2), (0, 3), (1, 4)) });

        var samples = await ReadAsync(Flow, 0, 60);

        Assert.Equal([1L, 2, 3, 4], samples.Select(s => s.Count ?? 0));
        Assert.Equal([0, 0, 0, 1000], samples.Select(s => (int)(s.At - Noon).TotalMilliseconds));
    }

    [ContractTheory]
    [InlineData(9_007_199_254_740_993)]
    [InlineData(-9_007_199_254_740_993)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_count_comes_back_exactly_whatever_a_double_can_hold(long count)
    {
        var builder = new BlockBuilder();
        builder.Add("g", NoonMs, Number, count, 0);
        await AppendAsync(Received(1, Flow, 0, 1) with { Block = builder.Encode() });

        Assert.Equal(count, Assert.Single(await ReadAsync(Flow, 0, 60)).Count);
    }

    // The same series and instant twice: first a count that needs a field of its own, then one that does not, then none at all.
    [ContractFact]
    public async Task What_came_later_stands_and_nothing_of_the_earlier_shines_through()
    {
        await AppendAsync(Received(1, Flow, 0, 0) with { Block = Single(long.MaxValue, Quality.Good) });
        await AppendAsync(Received(2, Flow, 0, 0) with { Block = Single(5, Quality.Good) });
        Assert.Equal(5, Assert.Single(await ReadAsync(Flow, 0, 60)).Count);

        await AppendAsync(Received(3, Flow, 0, 0) with { Block = Single(null, Quality.Bad(QualityReason.Communication)) });
        Assert.Null(Assert.Single(await ReadAsync(Flow, 0, 60)).Count);
    }

    // The process died after the points and before the watermark: the edge sends the batch again.
    [ContractFact]
    public async Task A_batch_whose_points_came_before_is_not_doubled()
    {
        await AppendAsync(Received(1, Flow, 0, 1, points: 50));
        var other = Directory.CreateTempSubdirectory("airisland-influx-store-").FullName;
        await using (var forgetful = Open(other))
        {
            await forgetful.KeepAsync(Catalogue, default);
            Assert.Equal(AppendStatus.Stored, (await await forgetful.AppendAsync(Received(1, Flow, 0, 1, points: 50), default)).Status);
        }
        Directory.Delete(other, recursive: true);

        Assert.Equal(50, (await ReadAsync(Flow, 0, 60)).Count);
    }

    [ContractFact]
    public async Task A_batch_that_the_server_refuses_is_set_aside_and_holds_up_nobody()
    {
        // Somebody else wrote texts where our numbers go: a conflict for as long as those are there.
        await server.WriteAsync(_database, $"VolumeFlowRate,asset=x value=\"text\" {NoonMs}000000");
        var wire = Batches.Wire();
        wire.Tags.Single(t => t.HasModulus is false).Id = "moushan/lifode/Pressure";
        var other = TagCatalogue.Of(wire);
        await Store.KeepAsync(other, default);
        var pressure = other.Tags.Single(t => t.Kind == TagKind.Level);
        var good = Received(2, Flow, 0, 7) with { Catalogue = other.Key, Block = Block(other, pressure, (0, 7)) };

        var answers = new List<Task<Appended>>();
        foreach (var batch in new[] { Received(1, Flow, 0, 1), good }) answers.Add(await Store.AppendAsync(batch, default));
        var done = await Task.WhenAll(answers);

        Assert.Equal([AppendStatus.SetAside, AppendStatus.Stored], done.Select(d => d.Status));
        Assert.Contains("InfluxDB refused", done[0].Reason, StringComparison.Ordinal);
        Assert.Equal(7, Assert.Single(await ReadAsync(pressure, 0, 60)).Count);
        Assert.Equal(1, ((InfluxDbTelemetryStore)Store).Counters.Refused);
    }

    // A catalogue of a store from before resolutions had bounds: its values are none that a number can hold.
    [ContractFact]
    public async Task A_batch_that_cannot_be_made_points_is_set_aside_and_the_next_is_answered()
    {
        var wire = Batches.Wire();
        wire.Tags.Single(t => !t.HasModulus).Resolution = "100000000000000000000";
        var huge = TagCatalogue.Parse(wire.ToByteArray());
        await Store.KeepAsync(huge, default);
        var poison = Received(1, Flow, 0, 0) with { Catalogue = huge.Key, Block = Single(long.MaxValue, Quality.Good) };

        var refused = await AppendAsync(poison).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(AppendStatus.SetAside, refused.Status);
        Assert.Equal(AppendStatus.Stored, (await AppendAsync(Received(2, Flow, 0, 7)).WaitAsync(TimeSpan.FromSeconds(30))).Status);
        Assert.Equal(1, ((InfluxDbTelemetryStore)Store).Counters.Refused);
    }

    [ContractFact]
    public async Task A_long_range_comes_in_pieces_and_is_whole()
    {
        const int Points = 2_500;
        await AppendAsync(Received(1, Flow, 0, 0, points: Points));

        Assert.Equal(Enumerable.Range(0, Points).Select(i => (long?)i), (await ReadAsync(Flow, 0, Points)).Select(s => s.Count));
    }

    [ContractFact]
    public async Task A_sample_that_InfluxDB_cannot_date_stays_in_the_journal_and_is_counted()
    {
        var builder = new BlockBuilder();
        builder.Add("g", NoonMs, Number, 1, 0);
        builder.Add("g", 9_300_000_000_000, Number, 2, 0);
        var batch = Received(1, Flow, 0, 1) with { Block = builder.Encode() };

        Assert.Equal(AppendStatus.Stored, (await AppendAsync(batch)).Status);
        Assert.Single(await ReadAsync(Flow, 0, 60));
        Assert.Equal(1, ((InfluxDbTelemetryStore)Store).Counters.LeftOut);
        Assert.Equal(batch.Block.Payload, (await Store.Follow(new("moushan"), 0, default).SingleAsync()).Payload);
    }

    [ContractFact]
    public async Task A_level_of_a_doubted_clock_stays_where_it_was_stamped()
    {
        var builder = new BlockBuilder();
        builder.Add("g", NoonMs, Number, 1, 0, new("boot-1", NoonMs));
        builder.Add(new BlockClockFix("boot-1", NoonMs + 60_000, 120_000));
        var block = builder.Encode();
        var clock = BatchClock.Of(BlockReader.Read(block.Payload, block.Encoding));
        await AppendAsync(Received(1, Flow, 0, 1) with { Block = block, Clock = clock });

        var sample = Assert.Single(await ReadAsync(Flow, 0, 600));
        Assert.Equal((Noon, Quality.Uncertain(QualityReason.Clock)), (sample.At, sample.Quality));
    }

    [ContractFact]
    public async Task The_extent_of_levels_is_what_InfluxDB_holds()
    {
        Assert.Null(await Store.ExtentAsync(Flow, default));
        await AppendAsync(Received(1, Flow, 10, 1, points: 5));

        var extent = (await Store.ExtentAsync(Flow, default))!.Value;
        Assert.Equal((10_000, 14_001), ((int)(extent.Start - Noon).TotalMilliseconds, (int)(extent.End - Noon).TotalMilliseconds));
    }

    protected override bool KeepsBatchesApart => false;

    protected override ITelemetryStore Open() => Open(_directory);

    private static uint Number => Catalogue.NumberOf(Flow)!.Value;

    private static EncodedBlock Single(long? count, Quality quality)
    {
        var builder = new BlockBuilder();
        builder.Add("g", NoonMs, Number, count, quality.Code);
        return builder.Encode();
    }

    private InfluxDbTelemetryStore Open(string directory) => new(
        new EmbeddedTelemetryStore(new EmbeddedOptions { Directory = directory }, NullLogger<EmbeddedTelemetryStore>.Instance),
        new InfluxDbOptions { Url = server.Url, Database = _database, ChunkSize = 100, MaxLines = 1_000, Rest = TimeSpan.Zero },
        NullLogger<InfluxDbTelemetryStore>.Instance);
}
