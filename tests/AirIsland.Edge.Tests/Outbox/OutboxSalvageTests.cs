using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>A damaged outbox is mended: all of it that can be read goes on.</summary>
public sealed class OutboxSalvageTests : IDisposable
{
    private const int Batches = 40;

    // Where the clock of the benches stands.
    private const long Then = 20_000L * 24 * 3_600_000;

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Steps() =>
        ["noted", "copying", "copied", "made", "wal aside", "file aside", "note gone", "swapped"];

    /// <summary>The files as they are on the disk after each step of mending: a kill leaves these and no others.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_kill_at_any_step_of_the_mending_loses_nothing_and_the_next_start_ends_it(string step)
    {
        const string Salvaged = "outbox.salvaged-20241004T000000Z.db";
        const string Damaged = "outbox.damaged-20241004T000000Z.db";
        var files = await OutboxFiles.KilledAsync(Batches);
        var mended = await MendedAsync(files);
        switch (step)
        {
            case "copying":
                files["outbox.salvage.db"] = mended[..(mended.Length / 2)];
                files["outbox.salvage.db-wal"] = files["outbox.db-wal"][..50_000];
                break;
            case "copied":
                files["outbox.salvage.db"] = mended;
                break;
            case not "noted":
                files[Salvaged] = mended;
                if (step == "made") break;
                OutboxFiles.Rename(files, "outbox.db-wal", $"{Damaged}-wal");
                if (step == "wal aside") break;
                OutboxFiles.Rename(files, "outbox.db", Damaged);
                if (step == "file aside") break;
                files.Remove("outbox.suspect");
                if (step == "swapped") OutboxFiles.Rename(files, Salvaged, "outbox.db");
                break;
        }
        OutboxFiles.Write(_folder.Path, files);

        await using var bench = new OutboxBench(directory: _folder.Path);

        Assert.Equal(Numbers(1, Batches), bench.Kept(Lane.Backfill));
        Assert.Equal(Batches * 500L, bench.Store.State.Measured);
        var names = Directory.GetFiles(_folder.Path).Select(p => Path.GetFileName(p)!).ToList();
        // The damaged one with all that belongs to it, and nothing half done.
        var aside = Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.Path, "outbox.damaged-*.db")));
        Assert.Contains($"{aside}-wal", names);
        Assert.DoesNotContain(names, n => n.StartsWith("outbox.salvage", StringComparison.Ordinal) || n == "outbox.suspect");
        await bench.ReopenAsync();
        Assert.Equal(Numbers(1, Batches), bench.Kept(Lane.Backfill));
    }

    [Fact]
    public async Task A_note_of_damage_without_a_file_stops_nothing()
    {
        await File.WriteAllTextAsync(_folder.File("outbox.suspect"), "planned");

        await using var bench = new OutboxBench(directory: _folder.Path);
        await bench.AppendAsync(OutboxBench.Batch(1));
        await bench.ReopenAsync();

        Assert.Equal([1], bench.Kept(Lane.Backfill));
        Assert.Empty(Directory.GetFiles(_folder.Path, "outbox.damaged-*"));
    }

    [Fact]
    public async Task When_nothing_can_be_placed_the_gap_begins_with_the_oldest_batch_that_can_be_read()
    {
        await using var bench = new OutboxBench();
        for (var i = 1; i <= 20; i++) await bench.AppendAsync(OutboxBench.Batch(Then - (i * 3_600_000)));

        await bench.DamageAsync();

        var gap = Assert.Single(bench.Gaps(Lane.Backfill));
        Assert.Equal((Then - (20 * 3_600_000), Then + 1), (gap.From, gap.To));
    }

    [Fact]
    public async Task A_file_of_an_earlier_version_is_read_as_far_as_it_can_be()
    {
        await using var bench = new OutboxBench();
        for (var i = 1; i <= 60; i++) await bench.AppendAsync(OutboxBench.Batch(i * 1000, size: 300));
        await bench.CloseAsync();
        bench.Execute("""
            DROP INDEX batch_by_worth; ALTER TABLE batch DROP COLUMN head; ALTER TABLE batch DROP COLUMN thinned;
            ALTER TABLE lane DROP COLUMN head; ALTER TABLE lane DROP COLUMN opened; ALTER TABLE meta DROP COLUMN head;
            """);
        // The index that this version makes reads every page of the batches.
        bench.Erase(new FileInfo(bench.File).Length / 16_384);

        await bench.ReopenAsync();

        var kept = bench.Kept(Lane.Backfill);
        Assert.Equal(60, kept.Count);
        Assert.InRange(kept.Count(k => k is null), 1, 20);
    }

    [Fact]
    public async Task A_stretch_of_ten_thousand_batches_that_cannot_be_read_hides_none_behind_it()
    {
        const int Last = 30_000;
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1));
        await bench.CloseAsync();
        bench.Execute($"""
            WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < {Last})
            INSERT INTO batch SELECT lane, n, catalogue, content, appended, points, first, last, crc, encoding, payload, thinned, NULL
            FROM batch, number WHERE sequence = 1;
            UPDATE lane SET appended = {Last}, head = NULL WHERE lane = 2;
            """);
        var pages = (int)(new FileInfo(bench.File).Length / 16_384);
        bench.Erase(pages / 4, pages / 2);
        await File.WriteAllTextAsync(Path.Combine(bench.Directory, "outbox.suspect"), "planned");

        await bench.ReopenAsync();

        Assert.Equal(Last, bench.Store.State.Backfill.Appended);
        var kept = bench.Number("SELECT count(*) FROM batch WHERE points > 0");
        Assert.InRange(kept, Last / 3, Last - 10_500);
        Assert.Equal(Last - kept, bench.Number("SELECT count(*) FROM batch WHERE points = 0"));
        Assert.NotNull(bench.Store.Read(Lane.Backfill, Last)?.Block is { PointCount: 1 } ? "there" : null);
    }

    [Fact]
    public async Task Of_catalogues_that_cannot_all_be_read_the_readable_ones_stay()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1));
        var catalogues = Enumerable.Range(0, 60).Select(i => OutboxBench.CatalogueOf(new string('e', 2000 + i))).ToList();
        foreach (var catalogue in catalogues) await bench.Store.LearnAsync(catalogue);
        await bench.CloseAsync();
        bench.Erase(PageOf(bench.File, catalogues.MaxBy(c => Convert.ToHexString(c.Id))!.Id));
        await File.WriteAllTextAsync(Path.Combine(bench.Directory, "outbox.suspect"), "planned");

        await bench.ReopenAsync();

        Assert.InRange(catalogues.Count(c => bench.Store.ReadCatalogue(c.Id) is not null), 30, 59);
        Assert.Equal([1], bench.Kept(Lane.Backfill));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<long?> Numbers(int first, int last) => Enumerable.Range(first, last - first + 1).Select(n => (long?)n);

    private static async Task<byte[]> MendedAsync(Dictionary<string, byte[]> files)
    {
        using var folder = new TempFolder();
        OutboxFiles.Write(folder.Path, files);
        await using (var bench = new OutboxBench(directory: folder.Path)) Assert.Equal(Batches, bench.Kept(Lane.Backfill).Count);
        return await File.ReadAllBytesAsync(folder.File("outbox.db"));
    }

    private static long PageOf(string file, byte[] content) => (File.ReadAllBytes(file).AsSpan().IndexOf(content) / 16_384) + 1;
}
