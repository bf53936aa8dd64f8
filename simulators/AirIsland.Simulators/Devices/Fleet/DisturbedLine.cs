using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Devices.Disturbances;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>
/// The line of one port: brings answers to the clients as the faults of the meter and the disturbances of its device allow, and counts
/// what really arrives. Like a gateway it does one request of a client after the other, so that a slow device holds up its neighbours
/// behind the same connection. Delays of disturbances are real time: a socket does not know that the plant may live on a faster clock.
/// A meter that is late is so by the plant's time: its registers are those of the moment of the request, and who has lost patience
/// meanwhile sees a silent device. Wrong clocks and repeated messages do not concern Modbus: an answer has no time stamp, and comes once.
/// </summary>
internal sealed class DisturbedLine(IReadOnlyList<FleetDevice> devices, TimeProvider? time) : IModbusLine
{
    // Chosen: nobody waits longer for an answer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Dictionary<byte, FleetDevice> _units = devices.ToDictionary(device => device.Place.Unit);

    public bool Admits(int connected) => devices.All(device => device.Disturbances.Admits(connected));

    public async Task<bool> CarryAsync(ModbusExchange exchange, IModbusPeer client, CancellationToken ct)
    {
        var device = _units[exchange.Unit];
        using var errand = new Errand(device.Device);
        var sends = device.Sends;
        if (!sends.Answers) return true;
        if (sends.Delay > TimeSpan.Zero)
        {
            await PlantTimeAsync(sends.Delay, ct);
            if (client.IsGone) return false;
        }
        var drawn = device.Disturbances.Draw(exchange.Address, exchange.Count);
        if (drawn.Count > 0) return await DisturbAsync(exchange, client, device, drawn, errand, ct);
        await CountedAnswer.HandOutAsync(exchange, exchange.Answer, client, device.Device, errand, ct);
        return true;
    }

    /// <summary>In the order in which they can meet: what is silent cannot be refused, what was refused cannot be cut in half.</summary>
    private static async Task<bool> DisturbAsync(
        ModbusExchange exchange,
        IModbusPeer client,
        FleetDevice device,
        IReadOnlyList<Disturbance> drawn,
        Errand errand,
        CancellationToken ct)
    {
        foreach (var late in Of(DisturbanceKind.Latency)) await Task.Delay(device.Disturbances.DelayOf(late), ct);
        if (client.IsGone) return false;
        if (Of(DisturbanceKind.Silence).Any()) return true;
        if (Of(DisturbanceKind.Reset).Any())
        {
            errand.Fail();
            client.Reset();
            return false;
        }

        if (Of(DisturbanceKind.WrongTransaction).Any()) await client.SendAsync(exchange.OfEarlierTransaction(), ct);
        if (Of(DisturbanceKind.WrongUnit).Any()) await client.SendAsync(exchange.OfNextUnit(), ct);
        if (Of(DisturbanceKind.Refusal).FirstOrDefault() is { } refusal) await SendWrongAsync(exchange.Refused(refusal.Code));
        else if (Of(DisturbanceKind.HalfFrame).Any()) await SendWrongAsync(exchange.Answer[..(exchange.Answer.Length / 2)]);
        else
        {
            var trickle = Of(DisturbanceKind.Trickle).FirstOrDefault();
            var rest = trickle is null ? exchange.Answer : await TrickleAsync(exchange.Answer, trickle.Delay, client, ct);
            await CountedAnswer.HandOutAsync(exchange, rest, client, device.Device, errand, ct);
        }

        foreach (var again in Of(DisturbanceKind.Duplicate))
        {
            await Task.Delay(device.Disturbances.DelayOf(again), ct);
            await client.SendAsync(exchange.Answer, ct);
        }
        return true;

        IEnumerable<Disturbance> Of(DisturbanceKind kind) => drawn.Where(disturbance => disturbance.Kind == kind);

        Task SendWrongAsync(ReadOnlyMemory<byte> bytes)
        {
            errand.Fail();
            return client.SendAsync(bytes, ct);
        }
    }

    private Task PlantTimeAsync(TimeSpan delay, CancellationToken ct)
    {
        var waited = delay < LongestWait ? delay : LongestWait;
        return time is null ? Task.Delay(waited, ct) : Task.Delay(waited, time, ct);
    }

    /// <summary>Sends all but the last byte, which is left to whoever counts.</summary>
    private static async Task<ReadOnlyMemory<byte>> TrickleAsync(
        ReadOnlyMemory<byte> answer, TimeSpan pause, IModbusPeer client, CancellationToken ct)
    {
        for (; answer.Length > 1; answer = answer[1..])
        {
            await client.SendAsync(answer[..1], ct);
            await Task.Delay(pause, ct);
        }
        return answer;
    }
}
