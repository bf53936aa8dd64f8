using System.Net;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests;

/// <summary>
/// The edge as a program under faketime (Debian's libfaketime, monotonic time left alone): its clock is wrong at the start, and set while it
/// runs.
/// </summary>
public sealed class EdgeAppClockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [ExternalTheory("faketime")]
    [InlineData("@1970-01-01 00:10:00", true)]
    [InlineData("-1h", false)]
    [InlineData("+1d", false)]
    public async Task A_wrong_clock_keeps_the_order_and_the_step_is_told_when_it_is_set(string wrong, bool isMarked)
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(new ushort[64]));
        await File.WriteAllTextAsync(_folder.File("clock"), wrong);
        using var edge = EdgeProcess.Start(FakeTime(), SiteFile.Write(_folder, server.Endpoint.Port));
        await edge.IsRunningAsync();
        await HasSamplesAsync(3);
        await File.WriteAllTextAsync(_folder.File("clock"), "+0");
        await Eventually.HoldsAsync(() => edge.Output.Any(l => l.Contains("The clock was set by", StringComparison.Ordinal)), "the step");
        var set = TimeProvider.System.GetUtcNow();
        await HasSamplesAsync(Samples().Count + 3);
        Assert.Equal(0, await edge.InterruptAsync());

        var now = TimeProvider.System.GetUtcNow();
        var samples = Samples();
        // By number, before the step and after it time runs forward.
        var step = Enumerable.Range(1, samples.Count - 1).Single(i => Math.Abs(samples[i].At - samples[i - 1].At) > 600_000);
        Assert.All(Enumerable.Range(1, samples.Count - 1).Where(i => i != step), i => Assert.True(samples[i].At >= samples[i - 1].At));
        Assert.Equal(isMarked, samples[0].Reason == QualityReason.Clock);
        Assert.InRange(samples[^1].At, set.AddMinutes(-1).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        // A clock set back by a day is doubted, whatever it says: who was right is decided elsewhere.
        Assert.Equal(wrong == "+1d", samples[^1].Reason == QualityReason.Clock);
        var fix = Assert.Single(Blocks().SelectMany(b => b.ClockFixes));
        var right = samples[0].At + fix.OffsetMs;
        Assert.InRange(right, set.AddMinutes(-3).ToUnixTimeMilliseconds(), set.AddSeconds(5).ToUnixTimeMilliseconds());
        Assert.InRange(samples[0].At, fix.From, fix.To);
    }

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, string> FakeTime() => new()
    {
        ["LD_PRELOAD"] = Directory.GetFiles("/usr/lib", "libfaketimeMT.so.1", SearchOption.AllDirectories)[0],
        ["FAKETIME_TIMESTAMP_FILE"] = _folder.File("clock"),
        ["FAKETIME_NO_CACHE"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
    };

    private Task HasSamplesAsync(int count) => Eventually.HoldsAsync(() => Samples().Count >= count, $"{count} samples");

    /// <summary>First samples of the scans, by number.</summary>
    private List<(long At, QualityReason Reason)> Samples() =>
    [
        .. from block in Blocks()
           from @group in block.Groups
           where @group.Id.EndsWith("fast", StringComparison.Ordinal)
           from row in Enumerable.Range(0, @group.Instants.Length)
           select (@group.Instants[row], Quality.FromCode(@group.Columns[0].Qualities[row]).Reason),
    ];

    private List<DecodedBlock> Blocks()
    {
        var file = _folder.File(Path.Combine("data", OutboxStore.FileName));
        if (!File.Exists(file)) return [];
        using var db = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = "SELECT payload, encoding FROM batch WHERE content = 1 ORDER BY sequence";
        using var rows = command.ExecuteReader();
        var blocks = new List<DecodedBlock>();
        while (rows.Read()) blocks.Add(BlockReader.Read((byte[])rows[0], (BlockEncoding)rows.GetInt32(1)));
        return blocks;
    }
}
