using System.Collections.Concurrent;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

public class SparkplugDriverTests
{
    private const string Flow = "meter/VolumeFlowRate";
    private const string Lost = "Bad/Communication";

    [ExternalFact("mosquitto")]
    public async Task A_birth_gives_names_to_aliases_and_samples_carry_their_source_time()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);

        await node.BearAsync(1000, flow: 1.5, total: 100);
        await node.DataAsync(2000, TestNode.Value(1, 1.625, 1900), TestNode.Value(3, 100.2, 1950));
        await node.DataAsync(3000, new SparkplugMetric { Name = "Inputs/Pressure", Timestamp = 2900, Value = MetricValue.Of(0.65) });
        await run.SeesAsync(r => r.Of("meter/GaugePressure").Count() == 2, "the data");

        Assert.Equal(["1000=1500 Good", "1900=1625 Good"], run.Of(Flow));
        Assert.Equal(["1000=700 Good", "2900=650 Good"], run.Of("meter/GaugePressure"));
        Assert.Equal(["1000=1000 Good", "1950=1002 Good"], run.Of("meter/AccumulatedVolume"));
        Assert.Equal(["1000=1500 Good"], run.Of("other/VolumeFlowRate"));
        Assert.Equal([ScanContent.Registers], run.Scans.Where(s => s.Group == "meter/register").Select(s => s.Content).Distinct());
    }

    // thingsboard-gateway#2119, telegraf PR#7177
    [ExternalFact("mosquitto")]
    public async Task A_birth_that_states_old_values_again_is_no_new_sample()
    {
        await using var broker = await Mosquitto.StartAsync();
        ConcurrentDictionary<string, RecentInstants> durable = new();
        await using (var first = new SparkplugRun(broker.Port, durable))
        {
            await first.IsConnectedAsync();
            await using var node = await TestNode.ConnectAsync(broker.Port);
            await node.BearAsync(1000);
            await node.DataAsync(2000, TestNode.Value(1, 2, 2000));
            await node.SendAsync(node.Session.Birth(3000, []));
            await node.SendAsync(node.Session.DeviceBirth(
                "meter", 3000, [TestNode.Metric("Inputs/Flow", 7, 2, 2000), TestNode.Metric("Total", 8, 5, 3000)]));
            await first.SeesAsync(r => r.Of("meter/AccumulatedVolume").Count() == 2, "the second birth");

            Assert.Equal(["1000=1000 Good", "2000=2000 Good"], first.Of(Flow));
            Assert.Equal(1, first.Status.Redelivered);
        }
        await using var again = new SparkplugRun(broker.Port, durable);
        await again.IsConnectedAsync();
        await using var later = await TestNode.ConnectAsync(broker.Port);
        await later.SendAsync(later.Session.Birth(4000, []));
        await later.SendAsync(
            later.Session.DeviceBirth(
                "meter", 4000, [TestNode.Metric("Inputs/Flow", 7, 2, 2000), TestNode.Metric("Inputs/Pressure", 8, 5, 4000)]));
        await again.SeesAsync(r => r.Of("meter/GaugePressure").Any(), "the birth after the restart");

        Assert.DoesNotContain(again.Of(Flow), v => v.Contains('='));
    }

    // thingsboard#5714
    [ExternalFact("mosquitto")]
    public async Task Values_of_one_message_with_times_of_their_own_are_all_kept()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);

        await node.DataAsync(2000, TestNode.Value(1, 2, 1500), TestNode.Value(1, 3, 1501), TestNode.Value(1, 3, 1501),
            TestNode.Value(2, 1, 1501));
        await run.SeesAsync(r => r.Of("meter/GaugePressure").Count() == 2, "the data");

        Assert.Equal(["1000=1000 Good", "1500=2000 Good", "1501=3000 Good"], run.Of(Flow));
    }

    // thingsboard#1769
    [ExternalFact("mosquitto")]
    public async Task A_historical_value_says_so_and_does_not_become_the_last_one()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(10_000);

        await node.DataAsync(11_000, TestNode.Value(1, 9, 500) with { IsHistorical = true }, TestNode.Value(2, 1, 11_000));
        await node.BearAsync(10_000);
        await node.DataAsync(12_000, TestNode.Value(1, 4, 12_000));
        await run.SeesAsync(r => r.Of(Flow).Contains("12000=4000 Good"), "the data");

        Assert.Equal(["10000=1000 Good", "500=9000 Good/Historical", "12000=4000 Good"], run.Of(Flow));
        Assert.All(run.Scans.Where(s => s.Instant == 500), s => Assert.Null(s.Receipt));
    }

    // home-assistant/core#54345
    [ExternalFact("mosquitto")]
    public async Task What_is_null_bad_or_no_number_of_its_type_is_bad_and_never_a_number()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);

        await node.DataAsync(2000, new SparkplugMetric { Alias = 1, Timestamp = 2000, IsNull = true });
        await node.DataAsync(3000, TestNode.Value(1, 5, 3000) with { Quality = 0 });
        await node.DataAsync(4000, TestNode.Value(1, 5, 4000) with { Quality = 500 });
        await node.DataAsync(5000, TestNode.Value(1, double.NaN, 5000));
        await node.DataAsync(6000, TestNode.Value(1, 1e20, 6000));
        await node.DataAsync(7000, new SparkplugMetric { Alias = 1, Timestamp = 7000, Value = MetricValue.Of("5") });
        await node.DataAsync(8000, TestNode.Value(1, 5, ulong.MaxValue));
        await node.DataAsync(9000, TestNode.Value(1, 6, 9000) with { Quality = 192 });
        await run.SeesAsync(r => r.Of(Flow).Contains("9000=6000 Good"), "the last");

        string[] expected = ["1000=1000 Good", Lost, Lost, Lost, "Bad/OutOfRange", "Bad/OutOfRange", "Bad/OutOfRange", "Bad/Clock",
            "9000=6000 Good"];
        Assert.Equal(expected, run.Of(Flow));
    }

    [ExternalFact("mosquitto")]
    public async Task A_metric_that_is_missing_no_number_or_of_another_unit_is_said_once()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);

        for (ulong time = 1000; time <= 3000; time += 1000)
        {
            await node.SendAsync(node.Session.Birth(time, []));
            await node.SendAsync(node.Session.DeviceBirth("meter", time,
            [
                TestNode.Metric("Inputs/Flow", 1, 1, time) with { Unit = "L/s" },
                new() { Name = "Total", Timestamp = time, Type = SparkplugDataType.String, Value = MetricValue.Of("12") },
            ]));
        }
        await run.SeesAsync(r => r.Of(Flow).Contains("3000=1000 Good"), "the births");

        Assert.Equal(["Bad/Configuration"], run.Of("meter/AccumulatedVolume"));
        Assert.Equal(["Bad/Configuration"], run.Of("meter/GaugePressure"));
        Assert.Single(run.Log.Warnings, l =>
            l.Contains("'Inputs/Flow'", StringComparison.Ordinal) && l.Contains("L/s", StringComparison.Ordinal));
        Assert.Single(run.Log.Warnings, l =>
            l.Contains("'Total'", StringComparison.Ordinal) && l.Contains("String", StringComparison.Ordinal));
        Assert.Single(run.Log.Warnings, l => l.Contains("without metric 'Inputs/Pressure'", StringComparison.Ordinal));
    }
}
