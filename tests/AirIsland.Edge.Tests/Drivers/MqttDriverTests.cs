using System.Collections.Concurrent;
using AirIsland.Edge.Metering;
using AirIsland.Quantities;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Drivers;

public class MqttDriverTests
{
    private const string Level = "site/meter/level";
    private const string Register = "site/meter/register";

    [ExternalFact("mosquitto")]
    public async Task Messages_become_scans_with_their_sources_instant_and_exact_counts()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port);
        await run.IsListeningAsync(broker);

        await broker.PublishAsync(Level, """{"ts":"2026-01-05T08:00:00.250+08:00","flow":12.3456,"inner":{"pressure":"0.713"}}""");
        await broker.PublishAsync(Register, """{"ts":1767571200000,"total":123456789.3}""");
        await run.SeesAsync(r => r.Good.Count == 3, "both messages");

        var level = run.Good.Single(s => s.Content == ScanContent.Levels && s.Instant > 1);
        var register = run.Good.Single(s => s.Content == ScanContent.Registers);
        Assert.Equal(DateTimeOffset.Parse("2026-01-05T00:00:00.250Z", null).ToUnixTimeMilliseconds(), level.Instant);
        Assert.Equal([("test/meter/GaugePressure", 713L), ("test/meter/VolumeFlowRate", 12346L)], Named(level));
        Assert.Equal(1767571200000, register.Instant);
        Assert.Equal([("test/meter/AccumulatedVolume", 1234567893L)], Named(register));
    }

    [ExternalFact("mosquitto")]
    public async Task What_was_not_made_durable_is_delivered_again_and_what_was_is_dropped_and_counted()
    {
        await using var broker = await Mosquitto.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using (var first = new MqttRun(broker.Port, durable, isStoring: false))
        {
            await first.IsListeningAsync(broker);
            for (var i = 2; i <= 4; i++) await broker.PublishAsync(Level, Message(i));
            await first.SeesAsync(r => r.Good.Count == 4, "four messages");
        }
        // As if the outbox had committed the first two and the process died before it acknowledged them.
        durable[Level] = new();
        durable[Level].Add(1);
        durable[Level].Add(2);

        await using (var second = new MqttRun(broker.Port, durable))
        {
            await second.SeesAsync(r => r.Scans.Count == 4, "four messages again");
            await broker.PublishAsync(Level, Message(5));
            await second.SeesAsync(r => r.Scans.Count == 5, "the next message");
            Assert.Equal([3, 4, 5], second.Good.Select(s => s.Instant));
            Assert.Equal(2, second.Status.Redelivered);
        }

        await using var third = new MqttRun(broker.Port, durable);
        await broker.PublishAsync(Level, Message(6));
        await third.SeesAsync(r => r.Good.Count == 1, "the last message");
        Assert.Equal([6], third.Scans.Select(s => s.Instant));
    }

    [ExternalFact("mosquitto")]
    public async Task A_retained_message_is_new_only_once()
    {
        await using var broker = await Mosquitto.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await broker.PublishAsync(Level, Message(100), retain: true);
        for (var start = 0; start < 3; start++)
        {
            await using var run = new MqttRun(broker.Port, durable);
            await run.SeesAsync(r => r.Scans.Count == 1, "the retained message");
            Assert.Equal(start == 0 ? 1 : 0, run.Good.Count);
            Assert.Equal(start == 0 ? 0 : 1, run.Status.Redelivered);
        }
    }

    [ExternalFact("mosquitto")]
    public async Task A_message_that_cannot_be_read_is_bad_logged_once_counted_and_does_not_come_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using (var run = new MqttRun(broker.Port, durable))
        {
            await run.IsListeningAsync(broker);
            await broker.PublishAsync(Level, """{"ts":2,"flow":""");
            await broker.PublishAsync(Level, """{"flow":1}""");
            await broker.PublishAsync(Level, """[1,2]""");
            await run.SeesAsync(r => r.Scans.Count == 4, "three unreadable messages");

            var readings = run.Scans.Skip(1).SelectMany(s => s.Readings);
            Assert.All(readings, r => Assert.Equal(Reading.Bad(r.Tag, QualityReason.Communication), r));
            Assert.Single(run.Log.Warnings, l => l.Contains($"Device meter sent a message on {Level}", StringComparison.Ordinal));
            Assert.Equal(3, run.Status.Failures);
        }

        await using var again = new MqttRun(broker.Port, durable);
        await broker.PublishAsync(Level, Message(9));
        await again.SeesAsync(r => r.Good.Count == 1, "the good message");
        Assert.Single(again.Scans);
    }

    [ExternalFact("mosquitto")]
    public async Task Poison_is_bad_and_acknowledged_so_that_what_follows_still_comes()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port);
        await run.IsListeningAsync(broker);
        string[] poison =
        [
            """{"ts":2,"flow":"\ud800","inner":{"pressure":0.7}}""",
            """{"ts":"\ud800","flow":1,"inner":{"pressure":0.7}}""",
            """{"ts":3,"flow":1e15,"inner":{"pressure":-1e15}}""",
            """{"ts":9223372036854775807,"flow":1,"inner":{"pressure":0.7}}""",
            """{"ts":-1,"flow":1,"inner":{"pressure":0.7}}""",
        ];

        // More than may be in flight: one that is not acknowledged would hold up all others for ever.
        foreach (var message in poison) await broker.PublishAsync(Level, message);
        await broker.PublishAsync(Register, """{"ts":2,"total":1e15}""");
        await broker.PublishAsync(Level, new string('x', 2 << 20));
        await broker.PublishAsync(Level, Message(9));
        await run.SeesAsync(r => r.Good.Any(s => s.Instant == 9), "the good message");

        var bad = run.Scans.Where(s => s.Readings.All(r => r.Count is null)).ToList();
        Assert.Equal(5, bad.Count);
        Assert.Equal(2, bad.Count(s => s.Readings.All(r => r.Quality == Quality.Bad(QualityReason.Clock))));
        Assert.Equal(5, run.Status.Failures);
        Assert.Equal([1, 3, 9], run.Good.Where(s => s.Content == ScanContent.Levels).Select(s => s.Instant));
    }

    [ExternalFact("mosquitto")]
    public async Task After_a_sources_clock_was_set_back_its_messages_are_new()
    {
        await using var broker = await Mosquitto.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using (var run = new MqttRun(broker.Port, durable))
        {
            await run.IsListeningAsync(broker);
            foreach (var instant in new[] { 5000, 100, 200, 200 }) await broker.PublishAsync(Level, Message(instant));
            await run.SeesAsync(r => r.Scans.Count == 5, "all messages");

            Assert.Equal([1, 5000, 100, 200], run.Good.Select(s => s.Instant));
            Assert.Equal(200, run.Recent(Level).Last);
        }

        await using var again = new MqttRun(broker.Port, durable);
        await broker.PublishAsync(Level, Message(150));
        await again.SeesAsync(r => r.Good.Count == 1, "the message after the restart");
    }

    [ExternalFact("mosquitto")]
    public async Task A_missing_value_is_bad_and_leaves_the_others()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port);
        await run.IsListeningAsync(broker);

        await broker.PublishAsync(Level, """{"ts":2,"flow":1.5,"inner":{"pressure":null}}""");
        await run.SeesAsync(r => r.Scans.Count == 2, "the message");

        Assert.Equal([("test/meter/GaugePressure", null), ("test/meter/VolumeFlowRate", 1500L)], Named(run.Scans[1]));
        Assert.Single(run.Log.Warnings, l => l.Contains("inner.pressure", StringComparison.Ordinal));
    }

    [ExternalFact("mosquitto")]
    public async Task A_source_far_ahead_does_not_make_later_messages_known()
    {
        await using var broker = await Mosquitto.StartAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddHours(1));
        await using var run = new MqttRun(broker.Port, time: time);
        await run.IsListeningAsync(broker);

        await broker.PublishAsync(Level, Message(time.GetUtcNow().AddDays(400).ToUnixTimeMilliseconds()));
        await broker.PublishAsync(Level, Message(2));
        await run.SeesAsync(r => r.Good.Count == 3, "both messages");
    }

    [ExternalFact("mosquitto")]
    public async Task A_broker_that_goes_and_comes_back_costs_one_line_bad_readings_and_no_message()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port);
        await run.IsListeningAsync(broker);

        await broker.StopAsync();
        await run.SeesAsync(r => r.Scans.Any(s => s.Readings.All(x => x.Count is null)), "bad readings");
        await broker.RunAsync();
        await broker.PublishAsync(Level, Message(2));
        await run.SeesAsync(r => r.Good.Any(s => s.Instant == 2), "the message after the restart");

        Assert.Contains(run.Log.Warnings, l => l.Contains("of meter failed", StringComparison.Ordinal));
        await run.SeesAsync(
            r => r.Log.All.Count(l => l.EndsWith("was connected", StringComparison.Ordinal)) == 2, "a connection that lasts");
        Assert.Equal(2, run.Scans.Count(s => s.Readings.All(x => x.Count is null)));
    }

    [ExternalFact("mosquitto")]
    public async Task Messages_over_a_megabyte_are_bad_and_neither_end_nor_block_the_connection()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port);
        await run.IsListeningAsync(broker);

        // More than may be in flight.
        for (var i = 0; i < 6; i++) await broker.PublishAsync(Level, new string('x', 2 << 20));
        await broker.PublishAsync(Level, Message(2));
        await run.SeesAsync(r => r.Good.Any(s => s.Instant == 2), "the message after the large ones");

        Assert.Equal(6, run.Scans.Count(s => s.Readings.All(r => r.Quality == Quality.Bad(QualityReason.Communication))));
        Assert.Contains("larger than 1 MB", Assert.Single(run.Log.Warnings), StringComparison.Ordinal);
        Assert.Single(run.Log.All, l => l.EndsWith("was connected", StringComparison.Ordinal));
    }

    [ExternalFact("mosquitto")]
    public async Task Two_clients_with_one_id_come_back_ever_later_and_say_so_once()
    {
        await using var broker = await Mosquitto.StartAsync();
        var options = MqttRun.Broker(broker.Port) with
        {
            ShortestRest = TimeSpan.FromMilliseconds(50),
            LongestRest = TimeSpan.FromSeconds(5),
        };
        var from = TimeProvider.System.GetTimestamp();
        await using var one = new MqttRun(options);
        await using var two = new MqttRun(options);

        await one.SeesAsync(r => r.Status.Failures >= 7, "seven lost connections");

        // Rests of 50, 100, 200, 400, 800 and 1600 ms lie between, each shortened by a fifth at most.
        Assert.InRange(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds, 0.8 * 3150, double.MaxValue);
        Assert.Contains("another client may use the id 'edge-test'", Assert.Single(one.Log.Warnings), StringComparison.Ordinal);
        Assert.InRange(one.Log.All.Count(l => l.EndsWith("was connected", StringComparison.Ordinal)), 0, 1);
    }

    [ExternalFact("mosquitto")]
    public async Task A_connection_that_lasts_is_news_again_and_rests_begin_anew()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port);
        await using (var other = new MqttRun(broker.Port)) await run.SeesAsync(r => r.Log.Warnings.Any(), "a lost connection");

        await run.SeesAsync(r => r.Log.All.Last().EndsWith("was connected", StringComparison.Ordinal), "a connection that lasts");
        await broker.PublishAsync(Level, Message(2));

        await run.SeesAsync(r => r.Good.Any(s => s.Instant == 2), "the message");
    }

    [Fact]
    public async Task A_fault_of_the_connection_ends_the_stream()
    {
        // Nobody listens there, and what the driver makes of that fails.
        await using var run = new MqttRun(1, time: new BrokenClock());

        var failure = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => run.Reading.WaitAsync(TimeSpan.FromSeconds(10)));

        Assert.Equal("no clock", failure.Message);
    }

    [ExternalFact("mosquitto")]
    public async Task A_fault_while_a_message_is_read_ends_the_stream()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port, time: new BrokenClock());
        await run.SeesAsync(r => r.Log.All.Any(), "the connection");

        await broker.PublishAsync(Level, "no JSON");

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => run.Reading.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static string Message(long ts) => $$$"""{"ts":{{{ts}}},"flow":1,"inner":{"pressure":0.7}}""";

    private static IEnumerable<(string, long?)> Named(Scan scan) =>
        scan.Readings.Select(r => (MqttRun.Tags.Tags[(int)r.Tag].Id, r.Count)).OrderBy(r => r.Id, StringComparer.Ordinal);

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidTimeZoneException("no clock");
    }
}
