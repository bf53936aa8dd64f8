using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>A damaged outbox of which no copy can be made is set aside whole, and measuring goes on.</summary>
public sealed class OutboxUnmendedTests : IDisposable
{
    private const int Batches = 40;

    // Where the clock of the benches stands.
    private const long Then = 20_000L * 24 * 3_600_000;

    private readonly TempFolder _folder = new();

    [SmallDiskFact]
    public async Task Without_room_for_the_mending_the_damaged_file_is_set_aside_whole_and_measuring_goes_on()
    {
        using var disk = new SmallDisk(16);
        var files = await OutboxFiles.KilledAsync(Batches, size: 8000, acknowledged: 10);
        // Room for a new file, and not for a second copy of what waits.
        files.Add("other", new byte[(16 << 20) - files.Values.Sum(f => f.Length) - 1_200_000]);
        OutboxFiles.Write(disk.Path, files);
        var log = new LogLines<OutboxStore>();

        await using (var bench = new OutboxBench(logger: log, directory: disk.Path))
        {
            await bench.AppendAsync(OutboxBench.Batch(Then));
            Assert.Equal([null, Then], bench.Kept(Lane.Backfill));
            // What the cloud has acknowledged is not missing.
            var gap = Assert.Single(bench.Gaps(Lane.Backfill));
            Assert.Equal((11, Then + 1, "outbox damaged"), (gap.From, gap.To, gap.Reason));
            var aside = Assert.Single(Directory.GetFiles(disk.Path, "outbox.unmended-*.db"));
            Assert.Contains($"set aside as {aside}, with all that it holds", Assert.Single(log.Critical), StringComparison.Ordinal);
            await bench.ReopenAsync();
            Assert.EndsWith($"is still there, with all that it holds: {aside}", log.Warnings.Last(), StringComparison.Ordinal);
            Assert.Equal([null, Then], bench.Kept(Lane.Backfill));
        }
        await AllIsThereAsync(disk.Path);
    }

    [StraceFact]
    public async Task A_disk_that_does_not_take_the_copy_stops_no_measuring()
    {
        var data = Directory.CreateDirectory(_folder.File("data")).FullName;
        var files = await OutboxFiles.KilledAsync(Batches, size: 2000, owner: "edge-1/site", isClosed: true);
        OutboxFiles.Write(data, files);

        Assert.True(await StracedEdge.IsRunningAsync(
            ["-P", Path.Combine(data, "outbox.salvage.db-wal"), "-e", "inject=pwrite64:error=EIO:when=30"],
            [.. SiteFile.Write(_folder), "--Edge:Outbox:ReserveBytes=0"]));

        Assert.Equal(files["outbox.db"], await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(data, "outbox.unmended-*.db"))));
        await using var bench = new OutboxBench(new() { Owner = "edge-1/site", ReserveBytes = 0 }, directory: data);
        Assert.Equal(1, Assert.Single(bench.Gaps(Lane.Backfill)).From);
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("wal aside")]
    [InlineData("file aside")]
    public async Task A_kill_while_it_is_set_aside_loses_nothing_of_it_and_the_next_start_ends_it(string step)
    {
        const string Unmended = "outbox.unmended-20241004T000000Z.db";
        var files = await OutboxFiles.KilledAsync(Batches);
        var begun = await OutboxFiles.KilledAsync(1, isClosed: true);
        files["outbox.begun-20241004T000000Z.db"] = begun["outbox.db"];
        if (step != "begun") OutboxFiles.Rename(files, "outbox.db-wal", $"{Unmended}-wal");
        if (step == "file aside") OutboxFiles.Rename(files, "outbox.db", Unmended);
        OutboxFiles.Write(_folder.Path, files);

        await using (var bench = new OutboxBench(directory: _folder.Path))
        {
            Assert.Equal([1], bench.Kept(Lane.Backfill));
            Assert.Empty(Directory.GetFiles(_folder.Path, "outbox.begun-*").Concat(Directory.GetFiles(_folder.Path, "outbox.suspect")));
        }
        await AllIsThereAsync(_folder.Path);
    }

    [Fact]
    public async Task Of_the_files_set_aside_unmended_none_is_ever_deleted()
    {
        var begun = (await OutboxFiles.KilledAsync(1, isClosed: true))["outbox.db"];
        for (var i = 1; i <= 6; i++)
        {
            await File.WriteAllBytesAsync(_folder.File($"outbox.begun-2024100{i}T000000Z.db"), begun);
            await using var bench = new OutboxBench(directory: _folder.Path);
            await bench.AppendAsync(OutboxBench.Batch(i));
        }

        // Of the first there was none to set aside.
        Assert.Equal(5, Directory.GetFiles(_folder.Path, "outbox.unmended-*.db").Length);
    }

    public void Dispose() => _folder.Dispose();

    // Where there is room, under the name of an outbox and with the note of damage, it is mended like any other.
    private static async Task AllIsThereAsync(string directory)
    {
        var aside = Assert.Single(Directory.GetFiles(directory, "outbox.unmended-*.db"));
        using var roomy = new TempFolder();
        File.Copy(aside, roomy.File("outbox.db"));
        File.Copy($"{aside}-wal", roomy.File("outbox.db-wal"));
        await File.WriteAllTextAsync(roomy.File("outbox.suspect"), "planned");
        await using var bench = new OutboxBench(directory: roomy.Path);
        Assert.Equal(Enumerable.Range(1, Batches).Select(n => (long?)n), bench.Kept(Lane.Backfill));
        Assert.Empty(bench.Gaps(Lane.Backfill));
    }
}
