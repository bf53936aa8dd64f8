using System.Globalization;
using System.Text.Json;
using AirIsland.Simulators.Replay;
using CsCheck;

namespace AirIsland.Simulators.Tests.Replay;

public sealed class ReplayPlayerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset First = new(2020, 2, 28, 23, 0, 0, TimeSpan.Zero);

    private readonly ReplayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    /// <summary>Every row reaches the device at its time, in order, whatever the speed.</summary>
    [Fact]
    public void Every_row_is_given_at_its_time_and_in_order() =>
        Gen.Select(Gen.Int[0, 5_000].Array[1, 40], Gen.Double[0.01, 100_000]).Sample(
            (steps, speed) =>
            {
                using var bench = new ReplayBench();
                var offsets = steps.Select((_, i) => TimeSpan.FromSeconds(steps[..i].Sum())).ToList();
                var said = PlayAsync(bench, Rows(offsets), ReplayBench.Flow with { Speed = new(speed), Timestamps = ReplayStamp.Original })
                    .GetAwaiter().GetResult();

                Assert.Equal(offsets.Select(offset => First + offset), said.Select(s => s.Stamp));
                Assert.Equal(Enumerable.Range(0, steps.Length).Select(i => (decimal)i), said.Select(s => s.Flow));
                foreach (var (i, message) in said.Index())
                {
                    var due = Start + offsets[i] / speed;
                    // A millisecond of a timer for every row that waited.
                    Assert.InRange(message.At, due, due.AddMilliseconds(1));
                }
            },
            iter: 50);

    [Fact]
    public async Task As_fast_as_possible_takes_no_time_and_keeps_every_row()
    {
        var offsets = Enumerable.Range(0, 5_000).Select(i => TimeSpan.FromHours(i)).ToList();

        var said = await PlayAsync(
            _bench, Rows(offsets), ReplayBench.Flow with { Speed = ReplaySpeed.Max, Timestamps = ReplayStamp.Original });

        Assert.Equal(offsets.Select(offset => First + offset), said.Select(s => s.Stamp));
        Assert.All(said, message => Assert.Equal(Start, message.At));
    }

    [Fact]
    public async Task A_gap_of_months_is_waited_for()
    {
        var said = await PlayAsync(_bench, Rows([TimeSpan.Zero, TimeSpan.FromDays(100)]), ReplayBench.Flow);

        Assert.Equal(Start.AddDays(100), said[1].At);
    }

    [Theory]
    [InlineData(ReplayStamp.Original, "2020-02-28T23:00:00Z", "2020-02-29T00:00:00Z")]
    [InlineData(ReplayStamp.Shifted, "2026-07-01T08:00:00Z", "2026-07-01T09:00:00Z")]
    [InlineData(ReplayStamp.Now, "2026-07-01T08:00:00Z", "2026-07-01T08:01:00Z")]
    public async Task A_message_carries_the_instant_that_is_wanted(ReplayStamp stamp, string first, string second)
    {
        var said = await PlayAsync(
            _bench, Rows([TimeSpan.Zero, TimeSpan.FromHours(1)]), ReplayBench.Flow with { Speed = new(60), Timestamps = stamp });

        Assert.Equal(
            [first, second],
            said.Select(s => s.Stamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Rows_before_the_beginning_are_passed_over()
    {
        var said = await PlayAsync(
            _bench,
            Rows([TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(3)]),
            ReplayBench.Flow with { Begin = "2020-02-29T01:00:00Z" });

        // The beginning is two hours after the first row; the last one comes an hour later.
        Assert.Equal((2m, Start.AddHours(1), Start.AddHours(1)), Assert.Single(said));
    }

    /// <summary>A loop keeps the distance of rows, across its seam too, and its time never goes back.</summary>
    [Fact]
    public void A_loop_begins_again_one_step_after_its_end() =>
        Gen.Select(Gen.Int[1, 5_000].Array[2, 10], Gen.Int[2, 5]).Sample(
            (steps, passes) =>
            {
                using var bench = new ReplayBench();
                var offsets = steps.Select((_, i) => TimeSpan.FromSeconds(steps[..i].Sum())).ToList();
                var said = PlayAsync(bench, Rows(offsets), ReplayBench.Flow with { End = ReplayEnd.Loop }, passes * steps.Length)
                    .GetAwaiter().GetResult();

                Assert.Equal(passes * steps.Length, said.Count);
                var step = offsets[^1] - offsets[^2];
                foreach (var (i, message) in said.Index())
                {
                    var due = Start + (i / steps.Length) * (offsets[^1] + step) + offsets[i % steps.Length];
                    Assert.Equal((i % steps.Length, due, due), (message.Flow, message.Stamp, message.At));
                }
            },
            iter: 30);

    [Fact]
    public async Task A_file_without_a_usable_row_fails_instead_of_turning_round_for_ever()
    {
        var failure = await Assert.ThrowsAsync<IOException>(
            () => PlayAsync(_bench, ["t,flow", "never,1"], ReplayBench.Flow with { End = ReplayEnd.Loop }));

        Assert.EndsWith("has no usable row", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_value_is_left_out_of_the_message_or_held()
    {
        string[] lines = ["t,flow", "2026-01-01T00:00:00Z,1", "2026-01-01T00:01:00Z,", "2026-01-01T00:02:00Z,3"];

        var refused = await PlayAsync(_bench, lines, ReplayBench.Flow);
        var held = await PlayAsync(_bench, lines, ReplayBench.Flow with { Gaps = GapRule.Hold });

        Assert.Equal([1, 3], refused.Select(s => s.Flow));
        Assert.Equal([1, 1, 3], held.Select(s => s.Flow));
    }

    [Fact]
    public async Task Levels_and_registers_are_said_on_topics_of_their_own()
    {
        var points = ReplayBench.Points(("VolumeFlowRate", "flow"), ("AccumulatedVolume", "total"));
        var device = ReplayBench.Flow.Devices[0] with { Points = points };
        var plan = _bench.Plan(ReplayBench.Flow with { Devices = [device] }, "t,flow,total", "2026-01-01T00:00:00Z,1.2345,77.71");
        var said = new List<string>();

        await new ReplayPlayer(plan, new(), ReplayBench.Unheard(), new JumpingTime(Start)).PlayAsync(
            (message, _) =>
            {
                said.Add($"{message.Topic} {System.Text.Encoding.UTF8.GetString(message.Payload)} {message.Samples}");
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        Assert.Equal(
            [
                """site/flow/level {"ts":"2026-07-01T08:00:00.000Z","flow":1.234} 1""",
                """site/flow/register {"ts":"2026-07-01T08:00:00.000Z","total":77.7} 1""",
            ],
            said);
    }

    private static string[] Rows(IReadOnlyList<TimeSpan> offsets) =>
        ["t,flow", .. offsets.Select((offset, i) => $"{First + offset:yyyy-MM-dd'T'HH:mm:ss'Z'},{i}")];

    private static async Task<List<(decimal Flow, DateTimeOffset Stamp, DateTimeOffset At)>> PlayAsync(
        ReplayBench bench, string[] lines, ReplayDescription description, int most = int.MaxValue)
    {
        var time = new JumpingTime(Start);
        var player = new ReplayPlayer(bench.Plan(description, lines), new(), ReplayBench.Unheard(), time);
        var said = new List<(decimal, DateTimeOffset, DateTimeOffset)>();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await player.PlayAsync(
                (message, _) =>
                {
                    using var json = JsonDocument.Parse(message.Payload);
                    var root = json.RootElement;
                    said.Add((root.GetProperty("flow").GetDecimal(), root.GetProperty("ts").GetDateTimeOffset(), time.GetUtcNow()));
                    if (said.Count == most) enough.Cancel();
                    return ValueTask.CompletedTask;
                },
                enough.Token);
        }
        catch (OperationCanceledException) when (said.Count == most)
        {
            // As many as were wanted.
        }
        return said;
    }
}
