using AirIsland.Simulators.Devices.Disturbances;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// The way of one topic's messages to the outbox, as the disturbances of their meter allow. Delays are the plant's time. Of a message
/// that comes twice only the first counts as served, of one that is broken nothing.
/// </summary>
internal sealed class DisturbedTopic(MeterTopic topic, MeterOutbox outbox)
{
    private readonly PriorityQueue<MeterMessage, (DateTimeOffset Due, long Number)> _late = new();
    private MeterMessage? _overtaken;
    private long _number;

    /// <summary>Sends what is due at an instant of the plant: held back messages first, then the one of this instant.</summary>
    public void Follow(DateTimeOffset instant)
    {
        while (_late.TryPeek(out var held, out var when) && when.Due <= instant)
        {
            _late.Dequeue();
            outbox.Add(held);
        }
        if (topic.IsDue(instant)) Send(topic.Compose(instant), instant);
    }

    private void Send(MeterMessage message, DateTimeOffset instant)
    {
        var drawn = topic.Meter.Disturbances.Draw();
        if (Of(DisturbanceKind.Silence) is not null) return;
        if (Of(DisturbanceKind.Malformed) is not null)
            message = message with { Payload = message.Payload[..(message.Payload.Length / 2)], Samples = 0 };

        var due = instant;
        if (Of(DisturbanceKind.Latency) is { } late) SendAt(due += topic.Meter.Disturbances.DelayOf(late), message, instant);
        else if (Of(DisturbanceKind.OutOfOrder) is not null && _overtaken is null) _overtaken = message;
        else Pass(message);
        if (Of(DisturbanceKind.Duplicate) is { } again)
            SendAt(due + topic.Meter.Disturbances.DelayOf(again), message with { Samples = 0 }, instant);

        Disturbance? Of(DisturbanceKind kind) => drawn.FirstOrDefault(disturbance => disturbance.Kind == kind);
    }

    private void Pass(MeterMessage message)
    {
        outbox.Add(message);
        if (_overtaken is { } overtaken) outbox.Add(overtaken);
        _overtaken = null;
    }

    private void SendAt(DateTimeOffset due, MeterMessage message, DateTimeOffset now)
    {
        if (due <= now) outbox.Add(message);
        else _late.Enqueue(message, (due, _number++));
    }
}
