using System.Text;
using System.Text.Json;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Mqtt;

namespace AirIsland.Simulators.Tests.Devices.Disturbances;

/// <summary>What a disturbed MQTT meter hands to the broker, second by second.</summary>
public sealed class MqttDisturbanceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 10, 5, 30, 1, TimeSpan.Zero);

    private readonly DeviceFleet _fleet = DeviceFleet.Make(
        new() { Devices = [new() { Id = "meter", Profile = "mqtt-flow", Topic = "a/b" }] }, _ => _ => 1m, new());

    private readonly MeterOutbox _outbox = new();
    private readonly MeterSpeaker _speaker;
    private int _second;

    public MqttDisturbanceTests() => _speaker = new(_fleet, _outbox);

    [Fact]
    public void An_undisturbed_meter_speaks_each_second()
    {
        Assert.Equal([1, 2, 3], Seconds(Pass(3)));
        Assert.Equal(0, _fleet["meter"].Disturbances.Disturbed);
    }

    [Fact]
    public void Late_messages_are_old_when_they_come_and_keep_their_order()
    {
        Turn(new(DisturbanceKind.Latency) { Delay = TimeSpan.FromSeconds(2) });

        Assert.Empty(Pass(2));
        Assert.Equal([1, 2], Seconds(Pass(2)));
        TurnOff();

        Assert.Equal([3, 5, 4, 6, 7], Seconds(Pass(3)));
        Assert.Equal(4, _fleet["meter"].Disturbances.Disturbed);
    }

    [Fact]
    public void Jitter_alone_breaks_the_order_and_loses_nothing()
    {
        Turn(new(DisturbanceKind.Latency) { Jitter = TimeSpan.FromSeconds(5) });

        var seconds = Seconds(Pass(40));
        TurnOff();
        seconds.AddRange(Seconds(Pass(10)));

        Assert.NotEqual(seconds.Order(), seconds);
        Assert.Equal(Enumerable.Range(1, 50), seconds.Order());
    }

    [Fact]
    public void A_duplicate_is_the_same_bytes_and_serves_nothing_more()
    {
        Turn(new(DisturbanceKind.Duplicate) { Delay = TimeSpan.FromSeconds(1) });

        var messages = Pass(3);

        Assert.Equal([1, 1, 2, 2, 3], Seconds(messages));
        Assert.Equal([3, 0, 3, 0, 3], messages.Select(message => message.Samples));
        Assert.Equal(messages[0].Payload, messages[1].Payload);
    }

    [Fact]
    public void Out_of_order_a_message_comes_after_the_next_one()
    {
        Turn(new(DisturbanceKind.OutOfOrder));

        Assert.Equal([2, 1, 4, 3], Seconds(Pass(5)));
    }

    [Fact]
    public void A_message_that_was_overtaken_comes_also_when_all_that_follow_are_late()
    {
        Turn(new(DisturbanceKind.OutOfOrder));
        Assert.Empty(Pass(1));
        Turn(new(DisturbanceKind.Latency) { Delay = TimeSpan.FromSeconds(2) });

        Assert.Equal([2, 1, 3], Seconds(Pass(4)));
    }

    [Fact]
    public void A_malformed_message_is_no_JSON_and_serves_nothing()
    {
        Turn(new(DisturbanceKind.Malformed));

        var message = Assert.Single(Pass(1));

        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(message.Payload));
        Assert.StartsWith("{\"ts\"", Encoding.UTF8.GetString(message.Payload));
        Assert.Equal(0, message.Samples);
    }

    [Fact]
    public void A_silent_meter_says_nothing_until_it_is_switched_back()
    {
        Turn(new(DisturbanceKind.Silence));
        Assert.Empty(Pass(3));
        TurnOff();

        Assert.Equal([4], Seconds(Pass(1)));
        Assert.Equal(3, _fleet["meter"].Disturbances.Counts[DisturbanceKind.Silence]);
    }

    [Theory]
    [InlineData(DisturbanceKind.Refusal)]
    [InlineData(DisturbanceKind.ClientLimit)]
    public void What_belongs_to_Modbus_is_refused(DisturbanceKind kind) => Assert.Throws<ArgumentException>(() => Turn(new(kind)));

    private void Turn(Disturbance disturbance) => _fleet["meter"].Disturbances.Turn(disturbance);

    private void TurnOff() => _fleet["meter"].Disturbances.TurnOff();

    /// <summary>What is sent in that many seconds.</summary>
    private List<MeterMessage> Pass(int seconds)
    {
        var sent = new List<MeterMessage>();
        for (var i = 0; i < seconds; i++) _speaker.Follow(Start.AddSeconds(_second++));
        while (_outbox.Messages.TryRead(out var message)) sent.Add(message);
        return sent;
    }

    private static List<int> Seconds(List<MeterMessage> messages) =>
        [.. messages.Select(message => JsonDocument.Parse(message.Payload).RootElement.GetProperty("ts").GetDateTimeOffset().Second)];
}
