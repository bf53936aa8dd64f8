using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Tests.Outbox;
using AirIsland.Proto.Columns;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Edge.Tests.Uplink;

/// <summary>What the outbox cannot give the uplink: the link goes on with the rest.</summary>
public class UplinkOutboxTests
{
    private static readonly CatalogueContent Old = OutboxBench.CatalogueOf("before");

    [Theory]
    [InlineData("DELETE FROM catalogue WHERE id = ")]
    [InlineData("UPDATE catalogue SET content = x'0A0178' WHERE id = ")]
    public async Task A_batch_whose_catalogue_is_lost_goes_as_it_is_to_a_cloud_that_has_it(string damage)
    {
        await using var bench = await OpenAsync(damage);

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal([1, 2, 3, 4, 5, 6], bench.Stored);
        Assert.Equal([3, 4], bench.Cloud.Stored.Where(IsUnderOld).Select(UplinkBench.Count));
        Assert.Empty(bench.Log.Critical);
        Assert.Equal(0, bench.Outbox.Status.Dropped);
        Assert.Equal(0, bench.Outbox.Number("SELECT count(*) FROM aside"));
    }

    [Theory]
    [InlineData("DELETE FROM catalogue WHERE id = ")]
    [InlineData("UPDATE catalogue SET content = x'0A0178' WHERE id = ")]
    public async Task A_batch_whose_catalogue_nobody_has_becomes_a_gap_under_the_one_in_use_and_the_rest_goes_on(string damage)
    {
        await using var bench = await OpenAsync(damage);
        bench.Cloud.Answering = b => IsUnderOld(b) ? Status.CatalogueUnknown : Status.Stored;

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal([1, 2, 5, 6], bench.Stored);
        var lost = bench.Gaps.Where(g => g.Reason == "its catalogue is lost").ToList();
        Assert.Equal([(3, 4, 1u), (4, 5, 1u)], lost.Select(g => (g.From, g.To, (uint)g.Count)));
        Assert.All(bench.Gaps, g => Assert.Empty(g.Tags));
        Assert.All(bench.Cloud.Stored, b => Assert.Equal(OutboxBench.Catalogue.Id, b.Catalogue.ToByteArray()));
        Assert.Contains("catalogue of batch Backfill 3 was lost", Assert.Single(bench.Log.Critical), StringComparison.Ordinal);
        Assert.Equal(2, bench.Outbox.Status.Dropped);
        Assert.Equal(2, bench.Outbox.Number("SELECT count(*) FROM aside"));
        // What it told beside its samples means the same under any catalogue.
        Assert.Equal("boot", Assert.Single(bench.Cloud.Stored.SelectMany(Fixes)).Boot);
    }

    [Fact]
    public async Task A_catalogue_that_the_cloud_has_forgotten_is_sent_again_before_its_batch()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 3);
        // Its welcome said that it knows the catalogue in use.
        bench.Cloud.Answering = _ => bench.Cloud.Catalogues.IsEmpty ? Status.CatalogueUnknown : Status.Stored;

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal([1, 2, 3], bench.Stored);
        Assert.All(bench.Cloud.Catalogues, c => Assert.Equal("edge-1", c.Edge));
        Assert.Empty(bench.Gaps);
        Assert.Empty(bench.Log.Critical);
    }

    [Fact]
    public async Task A_disk_that_does_not_give_the_outbox_is_tried_again_and_told_once()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 20);
        var wal = new FileInfo($"{bench.Outbox.File}-wal");
        var whole = OutboxFiles.Read(bench.Outbox.Directory)["outbox.db-wal"];
        // What the file lacks now is a real I/O error to who reads it.
        using (var file = wal.Open(FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(0);

        await bench.StartAsync();
        await Eventually.HoldsAsync(() => bench.Outbox.Status.ReadFailures >= 3, "three reads that failed");
        Assert.Empty(bench.Stored);
        using (var file = wal.Open(FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.Write(whole);
        await bench.DrainedAsync();

        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), bench.Stored);
        Assert.Empty(bench.Gaps);
        Assert.Contains("the outbox could not be read", Assert.Single(bench.Log.Warnings), StringComparison.Ordinal);
    }

    // Two batches, two under a catalogue that is lost, two more.
    private static async Task<UplinkBench> OpenAsync(string damage)
    {
        var bench = await UplinkBench.OpenAsync(batches: 2);
        await bench.Outbox.Store.LearnAsync(Old);
        await bench.Outbox.AppendAsync(UnderOld(3), UnderOld(4));
        await bench.Outbox.Store.LearnAsync(OutboxBench.Catalogue);
        await bench.AppendAsync(5, 6);
        bench.Outbox.Execute($"{damage} x'{Convert.ToHexString(Old.Id)}'");
        return bench;
    }

    private static bool IsUnderOld(Proto.Telemetry.V1.Batch batch) => batch.Catalogue.Span.SequenceEqual(Old.Id);

    private static SealedBatch UnderOld(long instant)
    {
        var builder = new BlockBuilder();
        builder.Add("meter/fast", instant, 3, instant, 0);
        builder.Add(new BlockGap([3], instant, instant, "earlier", 7));
        if (instant == 3) builder.Add(new BlockClockFix("boot", 5000, 1));
        return new(Old.Id, ScanContent.Levels, builder.Encode(), 0, []);
    }

    private static IReadOnlyList<BlockClockFix> Fixes(Proto.Telemetry.V1.Batch batch) =>
        BlockReader.Read(batch.Payload.ToByteArray(), (BlockEncoding)batch.Encoding).ClockFixes;
}
