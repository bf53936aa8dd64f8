using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Fleet.Sources;
using AirIsland.Simulators.Devices.Meters.Faults;
using AirIsland.Simulators.Devices.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Protocol;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>What the faults of a meter do to its messages, through a broker that nobody here wrote.</summary>
public sealed class MqttTransmissionTests : IDisposable
{
    private const int ValuesOfMessage = 3;

    private static readonly DateTimeOffset Start = new(2026, 3, 10, 5, 30, 1, TimeSpan.Zero);

    private readonly ConcurrentQueue<string> _heard = new();
    private readonly MeterOutbox _outbox = new();
    private readonly DeviceFleet _fleet;
    private readonly SourcedDevices _plant;
    private readonly MeterSpeaker _speaker;
    private readonly IMqttClient _listener = new MqttClientFactory().CreateMqttClient();
    private int _second;

    public MqttTransmissionTests()
    {
        (_plant, _fleet) = TestFleet.Sourced(new FleetDeviceOptions { Id = "meter", Profile = "mqtt-flow", Topic = "a/b" });
        _speaker = new(_fleet, _outbox);
    }

    private FleetDevice Meter => _fleet["meter"];

    public void Dispose() => _listener.Dispose();

    [ExternalFact("mosquitto")]
    public async Task A_silent_meter_sends_nothing()
    {
        await using var line = await LineAsync();
        Set(new MeterFault.Silent());
        Pass(5);
        Clear();
        Pass(2);

        Assert.Equal([6, 7], await SecondsAsync(2));
        Assert.Equal((7, 2, 5), (Meter.Device.Traffic.Asked, Meter.Device.Traffic.Answered, Meter.Device.Traffic.Failed));
        Assert.Equal(2 * ValuesOfMessage, Meter.Device.ServedSamples);
    }

    [ExternalFact("mosquitto")]
    public async Task A_late_meters_messages_are_old_when_they_come()
    {
        await using var line = await LineAsync();
        Set(new MeterFault.Late(3));
        Pass(3);
        Assert.False(_outbox.Messages.TryPeek(out _));
        Pass(2);
        Assert.Equal([1, 2], await SecondsAsync(2));

        Clear();
        Pass(3);

        // Those of 3, 4 and 5 are due at 6, 7 and 8, each just before the fresh one.
        Assert.Equal([1, 2, 3, 6, 4, 7, 5, 8], await SecondsAsync(8));
        Assert.Equal(8, Meter.Device.Traffic.Answered);
    }

    [ExternalFact("mosquitto")]
    public async Task A_duplicating_meter_says_everything_three_times_and_serves_it_once()
    {
        await using var line = await LineAsync();
        Set(new MeterFault.Duplicating(3));

        Pass(2);

        Assert.Equal([1, 1, 1, 2, 2, 2], await SecondsAsync(6));
        Assert.Equal(2, _heard.Distinct().Count());
        Assert.Equal(2 * ValuesOfMessage, Meter.Device.ServedSamples);
        Assert.Equal((2, 2), (Meter.Device.Traffic.Asked, Meter.Device.Traffic.Answered));
    }

    [ExternalFact("mosquitto")]
    public async Task A_wrong_clock_shows_in_the_time_stamps_and_nowhere_else()
    {
        await using var line = await LineAsync();
        // A tenth of a second a second: a clock that nobody would keep, and a test that is short.
        Set(new MeterFault.ClockWrong(-90, DriftSecondsPerDay: 8640));

        Pass(3);

        await HeardAsync(3);
        Assert.Equal(
            ["2026-03-10T05:28:31.000Z", "2026-03-10T05:28:32.100Z", "2026-03-10T05:28:33.200Z"],
            _heard.Select(payload => JsonDocument.Parse(payload).RootElement.GetProperty("ts").GetString()));
    }

    [ExternalFact("mosquitto")]
    public async Task Late_and_duplicating_and_wrong_at_once_is_all_of_it()
    {
        await using var line = await LineAsync();
        Set(new MeterFault.Late(2));
        lock (_fleet.Gate)
        {
            Meter.Meter?.Set("twice", new MeterFault.Duplicating());
            Meter.Meter?.Set("clock", new MeterFault.ClockWrong(20));
        }

        Pass(4);

        Assert.Equal([21, 21, 22, 22], await SecondsAsync(4));
        Assert.Equal(2 * ValuesOfMessage, Meter.Device.ServedSamples);
    }

    /// <summary>A broker, a publisher to it and a listener at it.</summary>
    private async Task<Line> LineAsync()
    {
        var broker = await Mosquitto.StartAsync();
        _listener.ApplicationMessageReceivedAsync += message =>
        {
            _heard.Enqueue(message.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
        await _listener.ConnectAsync(new MqttClientOptionsBuilder().WithClientId("edge").WithTcpServer("127.0.0.1", broker.Port).Build());
        await _listener.SubscribeAsync("a/b/level", MqttQualityOfServiceLevel.AtLeastOnce);
        var publisher = new MeterPublisher(
            _outbox, new() { Embedded = false, Port = broker.Port }, NullLogger<MeterPublisher>.Instance);
        await publisher.StartAsync(default);
        return new(broker, publisher);
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            var instant = Start.AddSeconds(_second++);
            lock (_fleet.Gate)
            {
                _plant.Follow(instant);
                _speaker.Follow(instant);
            }
        }
    }

    private async Task HeardAsync(int messages)
    {
        await Eventually.IsTrueAsync(() => _heard.Count >= messages && _outbox.Messages.Count == 0, $"{messages} messages were heard");
        await Eventually.IsTrueAsync(
            () => Meter.Device.Traffic.Answered == _heard.Distinct().Count(), "what was heard is counted once");
        Assert.Equal(messages, _heard.Count);
    }

    private async Task<List<int>> SecondsAsync(int messages)
    {
        await HeardAsync(messages);
        return
        [
            .. _heard.Select(payload => DateTimeOffset.Parse(
                JsonDocument.Parse(payload).RootElement.GetProperty("ts").GetString() ?? "", CultureInfo.InvariantCulture).Second),
        ];
    }

    private void Set(MeterFault fault)
    {
        lock (_fleet.Gate) Meter.Meter?.Set("fault", fault);
    }

    private void Clear()
    {
        lock (_fleet.Gate) Meter.Meter?.Clear("fault");
    }

    private sealed record Line(Mosquitto Broker, MeterPublisher Publisher) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Publisher.StopAsync(default);
            Publisher.Dispose();
            await Broker.DisposeAsync();
        }
    }
}
