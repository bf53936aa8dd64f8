using System.Collections.Concurrent;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>What messages of many kinds become: lists, plain values, texts, times.</summary>
public class MqttContentTests
{
    private const string Base = "site/gw";

    private static readonly ProfilePoint Flow = Site.Level("VolumeFlowRate", 0) with { Scale = 1, Resolution = 0.001m };

    private static readonly ProfilePoint State = Site.Level("OperatingState", 0) with
    {
        Kind = PointKind.State,
        Scale = 1,
        Resolution = 1,
        Unit = "1",
        Path = "",
        Topic = "state",
        Texts = new Dictionary<string, long> { ["RUN"] = 7, ["stop"] = 1 },
    };

    [ExternalFact("mosquitto")]
    public async Task Values_of_lists_are_found_by_place_and_by_name()
    {
        var profile = Site.Mqtt(
            Flow with { Path = "d[1].v" }, Flow with { Name = "GaugePressure", Path = "d[id=P7].v[0]" }) with
        { TimestampPath = "d[0].ts" };
        await using var broker = await Mosquitto.StartAsync();
        await using var run = Run(broker, profile);
        await run.IsConnectedAsync();

        await broker.PublishAsync($"{Base}/level", """{"d":[{"ts":7},{"v":1.5},{"id":"P7","v":[0.713]}]}""");
        await run.SeesAsync(r => r.Good.Count == 1, "the message");

        Assert.Equal([713L, 1500L], run.Good[0].Readings.OrderBy(r => r.Tag).Select(r => r.Count));
    }

    [ExternalTheory("mosquitto")]
    [InlineData("\"r7\"", "12.5", "r7", 12_500)]
    [InlineData("7", "\"12.5\"", "7", 12_500)]
    [InlineData("7", "1e29", null, 0)]
    [InlineData("7", "-1", null, 0)]
    [InlineData("null", "1", null, 0)]
    public async Task What_a_source_says_of_its_boot_and_uptime_goes_with_the_scan(string boot, string uptime, string? read, long uptimeMs)
    {
        var profile = Site.Mqtt(Flow with { Path = "v" }) with { BootPath = "b", UptimePath = "up", UptimeUnit = TimestampUnit.S };
        await using var broker = await Mosquitto.StartAsync();
        await using var run = Run(broker, profile);
        await run.IsConnectedAsync();

        await broker.PublishAsync($"{Base}/level", $$"""{"ts":12500,"v":1,"b":{{boot}},"up":{{uptime}}}""");
        await run.SeesAsync(r => r.Scans.Count == 1, "the message");

        var source = run.Scans[0].Source;
        Assert.Equal((read, read is null ? null : uptimeMs), (source?.Boot, source?.UptimeMs));
        Assert.Equal(read is not null, source?.Received is not null);
        Assert.Equal(12_500, run.Scans[0].Instant);
    }

    [ExternalTheory("mosquitto")]
    [InlineData(TimestampUnit.Ms, "1767571200250", 1767571200250)]
    [InlineData(TimestampUnit.Ms, "\"1767571200250\"", 1767571200250)]
    [InlineData(TimestampUnit.S, "1767571200", 1767571200000)]
    [InlineData(TimestampUnit.S, "1767571200.25", 1767571200250)]
    [InlineData(TimestampUnit.S, "\"2026-01-05T08:00:00+08:00\"", 1767571200000)]
    [InlineData(TimestampUnit.Ms, "\"2026-01-05T00:00:00.25Z\"", 1767571200250)]
    [InlineData(TimestampUnit.Ms, "\"2026-01-05T00:00:00\"", null)]
    [InlineData(TimestampUnit.Ms, "\"2026-01-05\"", null)]
    [InlineData(TimestampUnit.S, "1e29", null)]
    public async Task An_instant_is_what_the_profile_says_and_a_time_without_offset_is_none(TimestampUnit unit, string ts, long? instant)
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = Run(broker, Site.Mqtt(Flow with { Path = "v" }) with { TimestampUnit = unit });
        await run.IsConnectedAsync();

        await broker.PublishAsync($"{Base}/level", $$"""{"ts":{{ts}},"v":1}""");
        await run.SeesAsync(r => r.Scans.Count == 1, "the message");

        Assert.Equal(instant, run.Good.SingleOrDefault()?.Instant);
    }

    [ExternalFact("mosquitto")]
    public async Task A_source_whose_clock_was_never_set_is_kept_and_marked() // oem_gateway #12, ruuvi.gateway_esp.c #120
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = Run(broker, Site.Mqtt(Flow with { Path = "v" }) with { TimestampUnit = TimestampUnit.S });
        await run.IsConnectedAsync();

        foreach (var ts in new[] { 86_400, 1_767_571_200 }) await broker.PublishAsync($"{Base}/level", $$"""{"ts":{{ts}},"v":1}""");
        await run.SeesAsync(r => r.Good.Count == 2, "both messages");

        Assert.Equal([86_400_000, 1_767_571_200_000], run.Good.Select(s => s.Instant));
        Assert.Equal(
            [Quality.Uncertain(QualityReason.Clock), Quality.Good], run.Good.Select(s => s.Readings.Single().Quality));
    }

    [ExternalFact("mosquitto")]
    public async Task Plain_values_are_samples_of_when_they_arrive_each_topic_by_itself()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(5_000_000));
        var profile = Site.Mqtt(
            Flow with { Path = "", Topic = "flow" }, Flow with { Name = "GaugePressure", Path = "", Topic = "" }, State);
        await using var broker = await Mosquitto.StartAsync();
        await using var run = Run(broker, profile, time);
        await run.IsConnectedAsync();

        (string, string)[] messages = [("flow", "12.3"), ("", " 0.713\n"), ("state", "RUN"), ("state", "\"stop\""), ("flow", "1e1")];
        foreach (var (topic, text) in messages)
            await broker.PublishAsync(topic.Length == 0 ? Base : $"{Base}/{topic}", text);
        await run.SeesAsync(r => r.Good.Count == 5, "five values");

        Assert.Equal([12_300L, 713L, 7L, 1L, 10_000L], run.Good.Select(s => s.Readings.Single().Count));
        // One group, one time: two values of one millisecond stand side by side.
        Assert.Equal([5_000_000, 5_000_001, 5_000_002, 5_000_003, 5_000_004], run.Good.Select(s => s.Instant));
        Assert.Single(run.Good.Select(s => s.Group).Distinct());
    }

    [ExternalFact("mosquitto")]
    public async Task A_text_that_no_state_has_is_bad_and_one_that_is_no_number_too()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = Run(broker, Site.Mqtt(State, Flow with { Path = "", Topic = "flow" }));
        await run.IsConnectedAsync();

        await broker.PublishAsync($"{Base}/state", "run");
        await broker.PublishAsync($"{Base}/flow", "12,5");
        await run.SeesAsync(r => r.Scans.Count == 2, "two messages");

        Assert.Equal(
            [Quality.Bad(QualityReason.Configuration), Quality.Bad(QualityReason.Communication)],
            run.Scans.Select(s => s.Readings.Single().Quality));
    }

    [ExternalFact("mosquitto")]
    public async Task A_state_of_true_and_false_goes_by_its_map()
    {
        var running = State with { Texts = null, Map = new Dictionary<long, long> { [0] = 1, [1] = 7 }, Path = "on", Topic = null };
        await using var broker = await Mosquitto.StartAsync();
        await using var run = Run(broker, Site.Mqtt(running));
        await run.IsConnectedAsync();

        await broker.PublishAsync($"{Base}/level", """{"ts":1,"on":true}""");
        await broker.PublishAsync($"{Base}/level", """{"ts":2,"on":false}""");
        await run.SeesAsync(r => r.Good.Count == 2, "two messages");

        Assert.Equal([7L, 1L], run.Good.Select(s => s.Readings.Single().Count));
    }

    [ExternalFact("mosquitto")]
    public async Task A_message_of_levels_and_registers_is_acknowledged_when_both_are_durable()
    {
        var profile = Site.Mqtt(Flow with { Path = "v" }, Site.Register("Total", 0) with { Path = "total", Topic = "level" });
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using var broker = await Mosquitto.StartAsync();
        await using (var first = Run(broker, profile, durable: durable, isStoring: false))
        {
            await first.IsConnectedAsync();
            await broker.PublishAsync($"{Base}/level", """{"ts":5,"v":1,"total":99}""");
            await first.SeesAsync(r => r.Good.Count == 2, "levels and registers");
            var receipts = first.Good.Select(s => s.Receipt).OfType<Receipt>().ToList();
            // As if the outbox had committed the levels, and the process died before the registers.
            durable[receipts[0].Key] = new();
            durable[receipts[0].Key].Add(5, receipts[0].Content);
            receipts[0].Acknowledge();
        }

        await using var second = Run(broker, profile, durable: durable);
        await second.SeesAsync(r => r.Scans.Count == 2, "the message again");

        Assert.Equal([99L], second.Good.SelectMany(s => s.Readings).Select(r => r.Count));
    }

    private static MqttRun Run(
        Mosquitto broker, DeviceProfile profile, TimeProvider? time = null,
        ConcurrentDictionary<string, RecentInstants>? durable = null, bool isStoring = true) =>
        new(
            MqttRun.Broker(broker.Port), durable, isStoring, time,
            tags: Site.Tags((new() { Id = "gw", Asset = "gw", Topic = Base }, profile)));
}
