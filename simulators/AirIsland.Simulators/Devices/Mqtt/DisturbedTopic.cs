using AirIsland.Simulators.Devices.Disturbances;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// The way of one topic's messages to the outbox, as the faults of their meter and what disturbs it allow. Delays are the plant's time.
/// Of a message that comes several times only the first counts as served, of one that is broken nothing. A clock that is wrong shows in
/// the time stamps; the rhythm stays the plant's.
/// </summary>
internal sealed class DisturbedTopic(MeterTopic topic, MeterOutbox outbox)
{
    // Chosen: almost three hours of a message a second. What comes on top is lost and counts as failed.
    private const int MostLate = 10_000;

    private readonly PriorityQueue<MeterMessage, (DateTimeOffset Due, long Number)> _late = new();
    private MeterMessage? _overtaken;
    private long _number;

    /// <summary>Sends what is due at an instant of the plant: held back messages first, then the one of this instant.</summary>
    public void Follow(DateTimeOffset instant)
    {
        while (_late.TryPeek(out var held, out var when) && when.Due <= instant)
        {
            _late.Dequeue();
            Pass(held);
        }
        if (topic.IsDue(instant)) Send(instant);
    }

    private void Send(DateTimeOffset instant)
    {
        var meter = topic.Meter;
        meter.Device.Traffic.Ask();
        var sends = meter.Sends;
        var drawn = sends.Answers ? meter.Disturbances.Draw() : [];
        if (!sends.Answers || Of(DisturbanceKind.Silence) is not null)
        {
            meter.Device.Traffic.Fail();
            return;
        }

        var message = topic.Compose(sends.Stamp(instant));
        if (Of(DisturbanceKind.Malformed) is not null) message = Broken(message);
        var due = instant + sends.Delay;
        if (Of(DisturbanceKind.Latency) is { } late) due += meter.Disturbances.DelayOf(late);
        if (due > instant) Hold(due, message);
        else if (Of(DisturbanceKind.OutOfOrder) is not null && _overtaken is null) _overtaken = message;
        else Pass(message);

        for (var copy = 1; copy < sends.Copies; copy++) SendAt(due, message.Again(), instant);
        if (Of(DisturbanceKind.Duplicate) is { } again) SendAt(due + meter.Disturbances.DelayOf(again), message.Again(), instant);

        Disturbance? Of(DisturbanceKind kind) => drawn.FirstOrDefault(disturbance => disturbance.Kind == kind);
    }

    private static MeterMessage Broken(MeterMessage message)
    {
        message.Fail();
        return message with { Payload = message.Payload[..(message.Payload.Length / 2)], Samples = 0 };
    }

    private void Pass(MeterMessage message)
    {
        outbox.Add(message);
        if (_overtaken is { } overtaken) outbox.Add(overtaken);
        _overtaken = null;
    }

    private void SendAt(DateTimeOffset due, MeterMessage message, DateTimeOffset now)
    {
        if (due > now) Hold(due, message);
        else outbox.Add(message);
    }

    private void Hold(DateTimeOffset due, MeterMessage message)
    {
        if (_late.Count < MostLate) _late.Enqueue(message, (due, _number++));
        else message.Fail();
    }
}
