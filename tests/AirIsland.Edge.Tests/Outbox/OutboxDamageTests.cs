using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>
/// A byte of the outbox is flipped, or the file ends there: of its last page, of its WAL's last frame, and here and there. By default a
/// sample of the places, with AIRISLAND_LONG every one of the last page and frame.
/// </summary>
public class OutboxDamageTests
{
    private const int Page = 16_384;

    private static int Step => Environment.GetEnvironmentVariable("AIRISLAND_LONG") is { Length: > 0 } ? 1 : 127;

    // telegraf#18528: "log corrupt" after an unclean stop, and a panic.
    [Theory]
    [InlineData("outbox.db", true)]
    [InlineData("outbox.db", false)]
    [InlineData("outbox.db-wal", true)]
    [InlineData("outbox.db-wal", false)]
    public async Task A_damaged_byte_costs_what_was_not_acknowledged_at_most_and_doubles_nothing(string file, bool isCut)
    {
        var isWal = file.EndsWith("-wal", StringComparison.Ordinal);
        using var lineage = await DamagedLineage.MakeAsync(isWal);
        var length = lineage.Length(file);
        var last = Enumerable.Range(0, Page / Step).Select(i => length - 1 - (i * Step));
        var anywhere = Enumerable.Range(0, 60).Select(i => (int)(length * (i / 60.0)) + (i * 37 % 100));
        // The last is where an index was cut in such a way that only an insert found out.
        foreach (var at in last.Concat(anywhere).Append(length - 2739).Where(a => a >= 0 && a < length))
        {
            var found = await lineage.OpenDamagedAsync(file, at, isCut);
            var damage = $"{file} {(isCut ? "cut" : "flipped")} at {at} of {length}";
            var told = $"{damage}: lost {found.Lost.Count}, gaps {found.Gaps}, {string.Join(" | ", found.Alarms)}";
            Assert.True(found.Twice.Count == 0, $"stored twice: {told}");
            Assert.True(found.Wrong.Count == 0, $"never measured: {told}");
            Assert.True(found.HasNew, $"what came after is missing: {told}");
            // Of a WAL SQLite keeps all up to the damage, and cannot know more; of pages what is lost is told.
            var isTail = isWal && found.Lost.SequenceEqual(DamagedLineage.Tail(found.Lost.Count));
            Assert.True(found.Lost.Count == 0 || found.Gaps > 0 || isTail, $"lost and not told: {told}");
            Assert.True(found.Aside == 0 || found.Alarms.Count > 0, $"set aside and not told: {told}");
        }
    }

    [Fact]
    public async Task The_files_set_aside_are_bounded()
    {
        await using var bench = new OutboxBench();
        for (var i = 0; i < 6; i++)
        {
            await bench.AppendAsync(OutboxBench.Batch(i + 1));
            bench.Time.Advance(TimeSpan.FromMinutes(1));
            await bench.DamageAsync();
        }

        Assert.Equal(3, Directory.GetFiles(bench.Directory, "outbox.damaged-*.db").Length);
    }

    [Fact]
    public async Task A_page_found_damaged_while_running_is_mended_by_the_next_start()
    {
        var log = new LogLines<OutboxStore>();
        await using var bench = new OutboxBench(logger: log);
        for (var i = 1; i <= 40; i++) await bench.AppendAsync(OutboxBench.Batch(i * 1000, size: 500));
        await bench.ReopenAsync();
        // The root of the batches: nothing of the opening needs it.
        var root = bench.Number("SELECT rootpage FROM sqlite_schema WHERE name = 'batch'");
        await using (var file = new FileStream(bench.File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = (root - 1) * Page;
            file.Write(new byte[200]);
        }
        Assert.Null(bench.Store.Read(Lane.Backfill, 1));
        Assert.True(File.Exists(Path.Combine(bench.Directory, "outbox.suspect")));

        await bench.ReopenAsync();

        Assert.False(File.Exists(Path.Combine(bench.Directory, "outbox.suspect")));
        Assert.Contains(log.Critical, l => l.Contains("set aside as", StringComparison.Ordinal));
        await bench.AppendAsync(OutboxBench.Batch(1_000_000));
        Assert.Equal(1_000_000, bench.Kept(Lane.Backfill)[^1]);
    }

    [Fact]
    public async Task A_batch_whose_bytes_changed_is_a_gap_and_the_others_go_on()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2), OutboxBench.Batch(3));
        bench.Execute("UPDATE batch SET payload = zeroblob(length(payload)) WHERE sequence = 2");
        bench.Execute("UPDATE batch SET last = 9 WHERE sequence = 3");

        Assert.Null(bench.Store.Read(Lane.Backfill, 2));
        Assert.Null(bench.Store.Read(Lane.Backfill, 3));
        await bench.Store.FillAsync(Lane.Backfill, 2);
        await bench.Store.FillAsync(Lane.Backfill, 3);

        Assert.Equal([1, null, null], bench.Kept(Lane.Backfill));
        Assert.Equal("missing in the outbox", bench.Gaps(Lane.Backfill)[0].Reason);
    }

    [Fact]
    public async Task A_file_of_an_earlier_version_goes_on()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2));
        await bench.CloseAsync();
        bench.Execute("""
            DROP INDEX batch_by_worth; ALTER TABLE batch DROP COLUMN head; ALTER TABLE batch DROP COLUMN thinned;
            ALTER TABLE lane DROP COLUMN head; ALTER TABLE lane DROP COLUMN opened; ALTER TABLE meta DROP COLUMN head;
            """);

        await bench.ReopenAsync();
        await bench.AppendAsync(OutboxBench.Batch(3));

        Assert.Equal([1, 2, 3], bench.Kept(Lane.Backfill));
    }
}
