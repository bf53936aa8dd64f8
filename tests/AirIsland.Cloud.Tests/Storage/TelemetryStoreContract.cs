using AirIsland.Cloud.Tests.Servers;
using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>What every telemetry store must do. An adapter's test class derives from this one.</summary>
public abstract partial class TelemetryStoreContract : IAsyncLifetime
{
    protected ITelemetryStore Store { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Store = Open();
        await Store.KeepAsync(Catalogue, default);
    }

    public abstract Task DisposeAsync();

    [ContractFact]
    public async Task A_stored_batch_is_read_back_sample_for_sample()
    {
        await AppendAsync(Received(1, Flow, 0, 1200, points: 5));

        var samples = await ReadAsync(Flow, 0, 60);

        Assert.Equal([1200L, 1201, 1202, 1203, 1204], samples.Select(s => s.Count.GetValueOrDefault()));
        Assert.Equal(Noon, samples[0].At);
    }

    [ContractFact]
    public async Task A_range_is_half_open()
    {
        await AppendAsync(Received(1, Flow, 0, 1, points: 10));

        Assert.Equal([3L, 4, 5], (await ReadAsync(Flow, 2, 5)).Select(s => s.Count.GetValueOrDefault()));
    }

    [ContractFact]
    public async Task The_watermark_moves_by_one_per_lane()
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        await AppendAsync(Received(2, Flow, 1, 2));
        await AppendAsync(Received(1, Flow, 2, 3, BatchLane.Backfill));

        var marks = await Store.WatermarksAsync(Edge, Epoch, default);

        Assert.Equal([(BatchLane.Live, 2ul), (BatchLane.Backfill, 1ul)], marks.OrderBy(m => m.Lane).Select(m => (m.Lane, m.Sequence)));
        Assert.Empty(await Store.WatermarksAsync(Edge, Epoch + 1, default));
    }

    [ContractFact]
    public async Task A_known_number_is_a_duplicate_and_stores_nothing()
    {
        var batch = Received(1, Flow, 0, 1);
        await AppendAsync(batch);
        await AppendAsync(Received(2, Flow, 1, 2));

        Assert.Equal(AppendStatus.Duplicate, (await AppendAsync(batch)).Status);
        Assert.Equal(2, (await ReadAsync(Flow, 0, 60)).Count);
    }

    [ContractTheory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    public async Task A_known_number_with_other_bytes_is_a_reused_sequence(ulong sequence)
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        await AppendAsync(Received(2, Flow, 1, 2));

        Assert.Equal(AppendStatus.SequenceReused, (await AppendAsync(Received(sequence, Flow, 30, 99))).Status);
        Assert.Equal(2, (await ReadAsync(Flow, 0, 60)).Count);
    }

    [ContractFact]
    public async Task A_number_too_far_ahead_is_out_of_order()
    {
        await AppendAsync(Received(1, Flow, 0, 1));

        var appended = await AppendAsync(Received(3, Flow, 1, 2));

        Assert.Equal((AppendStatus.OutOfOrder, 1ul), (appended.Status, appended.Watermark));
    }

    [ContractFact]
    public async Task An_undecodable_batch_is_kept_aside_and_the_lane_goes_on()
    {
        var rejected = await AppendAsync(Received(1, Flow, 0, 1) with { Rejection = "no ColumnBlock" });
        var next = await AppendAsync(Received(2, Flow, 1, 2));

        Assert.Equal((AppendStatus.SetAside, AppendStatus.Stored), (rejected.Status, next.Status));
        Assert.Equal(2, Assert.Single(await ReadAsync(Flow, 0, 60)).Count);
    }

    [ContractFact]
    public async Task Positions_chain_the_batches_of_a_station()
    {
        var first = await AppendAsync(Received(1, Flow, 0, 1));
        var second = await AppendAsync(Received(2, Flow, 1, 2));

        Assert.Equal((0L, first.Position), (first.Previous, second.Previous));
        var followed = await Store.Follow(new("moushan"), first.Position, default).ToListAsync();
        Assert.Equal(second.Position, Assert.Single(followed).Position);
        Assert.Equal(first.Position, await Store.TailAsync(new("moushan"), 1, default));
        Assert.Equal(0, await Store.TailAsync(new("moushan"), 5, default));
    }

    [ContractFact]
    public async Task Backfill_and_live_merge_by_time()
    {
        await AppendAsync(Received(1, Flow, 10, 10));
        await AppendAsync(Received(1, Flow, 5, 5, BatchLane.Backfill));

        Assert.Equal([5L, 10], (await ReadAsync(Flow, 0, 60)).Select(s => s.Count.GetValueOrDefault()));
    }

    [ContractFact]
    public async Task Registers_and_levels_are_kept_apart()
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        await AppendAsync(Received(2, Volume, 0, 5_000_000_000 - 1_000_000_000));

        Assert.Equal(4_000_000_000, Assert.Single(await ReadAsync(Volume, 0, 60)).Count);
    }

    [ContractFact]
    public async Task A_sample_far_ahead_of_the_cloud_is_stored_and_uncertain()
    {
        await AppendAsync(Received(1, Flow, 3600, 1) with { KnownAt = Noon });

        Assert.Equal(Quality.Uncertain(QualityReason.Clock), Assert.Single(await ReadAsync(Flow, 0, 7200)).Quality);
    }

    [ContractFact]
    public async Task A_batch_that_spans_years_is_found_from_anywhere_in_it()
    {
        var block = Block(Catalogue, Flow, (0, 1), (1, 2), (86_400 * 3650, 3));
        await AppendAsync(Received(1, Flow, 0, 1) with { Block = block });
        await AppendAsync(Received(2, Flow, 30, 4));

        Assert.Equal([1L, 2, 4], (await ReadAsync(Flow, 0, 60)).Select(s => s.Count.GetValueOrDefault()));
        Assert.Equal([3L], (await ReadAsync(Flow, 86_400 * 3649, 86_400 * 3651)).Select(s => s.Count.GetValueOrDefault()));
    }

    [ContractFact]
    public async Task Another_meter_is_another_series()
    {
        await AppendAsync(Received(1, Volume, 0, 1000));
        var wire = Batches.Wire();
        wire.Tags.Single(t => t.HasModulus).MeterSerial = "NEW-2";
        var exchanged = TagCatalogue.Of(wire);
        await Store.KeepAsync(exchanged, default);
        var newer = exchanged.Tags.Single(t => t.Kind == TagKind.Register);
        await AppendAsync(Received(2, Volume, 60, 1000) with { Catalogue = exchanged.Key, Block = Block(exchanged, newer, (60, 5000)) });

        Assert.Equal(1000, Assert.Single(await ReadAsync(Volume, 0, 120)).Count);
        Assert.Equal(5000, Assert.Single(await ReadAsync(newer, 0, 120)).Count);
        Assert.Contains(newer, await Store.TagsAsync(new("moushan"), default));
        await Store.KeepAsync(Catalogue, default);
        Assert.Contains(Volume, await Store.TagsAsync(new("moushan"), default));
    }

    [ContractFact]
    public async Task The_extent_is_from_the_first_stored_instant_to_just_after_the_last()
    {
        Assert.Null(await Store.ExtentAsync(Volume, default));
        await AppendAsync(Received(1, Volume, 60, 1));
        await AppendAsync(Received(2, Volume, 0, 1));
        await AppendAsync(Received(3, Flow, 900, 1));

        Assert.Equal(
            new Interval(Noon, Noon + Duration.FromSeconds(60) + Duration.FromMilliseconds(1)), await Store.ExtentAsync(Volume, default));
    }

    // The edge booted in 1970, read its meters, and learnt the time: what it stamped before is where it belongs, whatever came first.
    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_doubted_clock_stamped_is_put_right_by_what_its_edge_tells(bool isToldFirst)
    {
        var told = Received(1, Volume, 120, 1120).Told("boot-1", NoonMs - 60_000, 180_000);
        var stamped = Received(1, Volume, 0, 1, BatchLane.Backfill).Stamped("boot-1", 600, (90_600, 1030), (120_600, 1060));
        foreach (var batch in isToldFirst ? [told, stamped] : new[] { stamped, told }) await AppendAsync(batch);

        // Monotonic time began a minute before noon: the first read was at 90 s of it, half a minute after noon.
        var read = await ReadAsync(Volume, 0, 600);
        Assert.Equal([(30, 1030L), (60, 1060), (120, 1120)], read.Select(s => ((int)(s.At - Noon).TotalSeconds, s.Count ?? 0)));
        Assert.Equal(Quality.Uncertain(QualityReason.Substituted), read[0].Quality);
        Assert.Equal((Noon + Duration.FromSeconds(30), Noon + Duration.FromSeconds(121)), await ExtentAsync());
        Assert.Empty(await ReadAsync(Volume, 61, 120));
        // It is there once, not also where it was stamped; and what is stored is what came.
        Assert.Empty(await Store.Read(Volume, NodaConstants.UnixEpoch, Noon - Duration.FromDays(1), default).ToListAsync());
        var kept = await Store.Follow(new("moushan"), 0, default).ToListAsync();
        Assert.Contains(kept, k => k.Payload.AsSpan().SequenceEqual(stamped.Block.Payload));

        async Task<(Instant, Instant)> ExtentAsync()
        {
            var extent = (await Store.ExtentAsync(Volume, default))!.Value;
            return (extent.Start, extent.End + Duration.FromMilliseconds(999));
        }
    }

    [ContractFact]
    public async Task A_doubted_clock_of_another_boot_or_another_edge_is_not_put_right()
    {
        await AppendAsync(Received(1, Volume, 0, 1).Stamped("boot-1", 600, (90_600, 1030)));
        await AppendAsync(Received(2, Volume, 120, 1120).Told("boot-2", NoonMs, 180_000));
        await AppendAsync(Received(1, Volume, 121, 1121, edge: "edge-2").Told("boot-1", NoonMs, 180_000));

        Assert.Equal([1120L, 1121], (await ReadAsync(Volume, 0, 600)).Select(s => s.Count ?? 0));
        var doubted = await Store.Read(Volume, NodaConstants.UnixEpoch, Noon - Duration.FromDays(1), default).ToListAsync();
        Assert.Equal(Quality.Uncertain(QualityReason.Clock), Assert.Single(doubted).Quality);
        // A boot that nobody can date says nothing of when the data begin.
        Assert.Equal(Noon + Duration.FromSeconds(120), (await Store.ExtentAsync(Volume, default))!.Value.Start);
    }

    [ContractFact]
    public async Task Of_two_corrections_of_a_boot_the_later_stands_in_whatever_order_they_come()
    {
        await AppendAsync(Received(1, Volume, 0, 1, BatchLane.Backfill).Stamped("boot-1", 600, (90_600, 1030)));
        await AppendAsync(Received(1, Volume, 120, 1120).Told("boot-1", NoonMs, 200_000));
        await AppendAsync(Received(2, Volume, 121, 1121).Told("boot-1", NoonMs - 3_600_000, 180_000));

        Assert.Equal([90, 120, 121], (await ReadAsync(Volume, 0, 600)).Select(s => (int)(s.At - Noon).TotalSeconds));
    }

    [ContractFact]
    public async Task A_doubted_value_stays_doubted_when_its_time_is_put_right()
    {
        var suspect = Quality.Uncertain(QualityReason.SuspectRegister);
        await AppendAsync(Received(1, Volume, 0, 1).Stamped("boot-1", 600, suspect, (90_600, 1030)));
        await AppendAsync(Received(2, Volume, 120, 1120).Told("boot-1", NoonMs, 180_000));

        Assert.Equal(suspect, (await ReadAsync(Volume, 0, 100))[0].Quality);
    }

    // The clock jumped a day ahead and was believed; then it was set right, and doubted until it has passed where it was.
    [ContractFact]
    public async Task What_was_told_before_a_clock_was_doubted_puts_nothing_right()
    {
        const long Day = 86_400_000;
        await AppendAsync(Received(1, Volume, 0, 1).Told("boot-1", NoonMs + Day, 60_000));
        await AppendAsync(Received(2, Volume, 0, 1).Stamped("boot-1", NoonMs, (NoonMs + 90_000, 1030)));

        var waiting = Assert.Single(await ReadAsync(Volume, 60, 600));
        Assert.Equal((90, Quality.Uncertain(QualityReason.Clock)), ((int)(waiting.At - Noon).TotalSeconds, waiting.Quality));

        await AppendAsync(Received(3, Volume, 600, 1120).Told("boot-1", NoonMs, Day));
        Assert.Equal(Quality.Uncertain(QualityReason.Substituted), (await ReadAsync(Volume, 60, 600))[0].Quality);
    }

    [ContractTheory]
    [InlineData(QualityReason.OutOfRange, QualityReason.Clock)]
    [InlineData(QualityReason.Frozen, QualityReason.Clock)]
    [InlineData(QualityReason.SuspectRegister, QualityReason.SuspectRegister)]
    public async Task No_other_doubt_hides_that_of_a_clock_that_nobody_put_right(QualityReason stored, QualityReason read)
    {
        await AppendAsync(Received(1, Volume, 0, 1).Stamped("boot-1", 600, Quality.Uncertain(stored), (NoonMs + 90_000, 1030)));
        Assert.Equal(Quality.Uncertain(read), Assert.Single(await ReadAsync(Volume, 0, 600)).Quality);

        await AppendAsync(Received(2, Volume, 120, 1120).Told("boot-1", 600, 2 * NoonMs));
        Assert.Equal(Quality.Uncertain(stored), (await ReadAsync(Volume, 0, 100))[0].Quality);
    }

    [ContractFact]
    public async Task Many_streams_append_at_once_and_lose_nothing()
    {
        var edges = Enumerable.Range(0, 8).Select(async e =>
        {
            for (var n = 1; n <= 50; n++)
            {
                var appended = await AppendAsync(Received((ulong)n, Flow, (e * 100) + n, n, edge: $"edge-{e}"));
                Assert.Equal(AppendStatus.Stored, appended.Status);
            }
        });
        await Task.WhenAll(edges);

        Assert.Equal(400, (await ReadAsync(Flow, 0, 1000)).Count);
    }

    [ContractFact]
    public async Task The_tags_of_a_station_are_those_of_its_newest_catalogues() =>
        Assert.Equal(Catalogue.Tags, await Store.TagsAsync(new("moushan"), default));

    protected abstract ITelemetryStore Open();

    protected async Task<Appended> AppendAsync(ReceivedBatch batch) => await await Store.AppendAsync(batch, default);

    protected virtual async Task<List<Sample>> ReadAsync(Tag tag, int fromSecond, int toSecond) => await Store
        .Read(tag, Noon + Duration.FromSeconds(fromSecond), Noon + Duration.FromSeconds(toSecond), default).ToListAsync();

    protected void Reopen() => Store = Open();
}
