using AirIsland.Fieldbus.Dlt645;
using AirIsland.Simulators.Devices.Disturbances;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>
/// The line of some meters: brings their answers as the faults of the meters and their disturbances allow, and counts what really was sent.
/// Delays of disturbances are real time; a meter that is late is so by the plant's time, with the digits of the moment of the request.
/// </summary>
internal sealed class DisturbedMeters(IReadOnlyList<FleetDevice> devices, TimeProvider? time) : IDltLine
{
    // Chosen: nobody waits longer for an answer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Dictionary<string, FleetDevice> _meters = devices.ToDictionary(device => device.Place.Address ?? "");

    public async Task CarryAsync(DltExchange exchange, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken ct)
    {
        var device = _meters[exchange.Meter.ToString()];
        using var errand = new Errand(device.Device);
        var sends = device.Sends;
        if (!sends.Answers) return;
        if (sends.Delay > TimeSpan.Zero) await PlantTimeAsync(sends.Delay, ct);
        var drawn = device.Disturbances.Draw();
        foreach (var late in Of(DisturbanceKind.Latency)) await Task.Delay(device.Disturbances.DelayOf(late), ct);
        if (Of(DisturbanceKind.Silence).Any()) return;
        if (Of(DisturbanceKind.WrongUnit).Any()) await send(exchange.OfNextMeter());
        var answer = exchange.Encode();
        if (Of(DisturbanceKind.Refusal).FirstOrDefault() is { } refusal)
            await SendWrongAsync(exchange.Refused((DltRefusal)(byte)refusal.Code));
        else if (Of(DisturbanceKind.HalfFrame).Any()) await SendWrongAsync(answer.AsMemory(0, answer.Length / 2));
        else if (Of(DisturbanceKind.Damage).Any()) await SendWrongAsync(Damaged(answer));
        else
        {
            var trickle = Of(DisturbanceKind.Trickle).FirstOrDefault();
            var rest = trickle is null ? answer : await TrickleAsync(answer, trickle.Delay, send, ct);
            if (exchange.Answer.IsRefusal) await SendWrongAsync(rest);
            else await errand.AnswerAsync(SamplesOf(exchange, device), () => send(rest));
        }

        foreach (var again in Of(DisturbanceKind.Duplicate))
        {
            await Task.Delay(device.Disturbances.DelayOf(again), ct);
            await send(answer);
        }

        IEnumerable<Disturbance> Of(DisturbanceKind kind) => drawn.Where(disturbance => disturbance.Kind == kind);

        Task SendWrongAsync(ReadOnlyMemory<byte> bytes)
        {
            errand.Fail();
            return send(bytes);
        }
    }

    private static int SamplesOf(DltExchange exchange, FleetDevice device) =>
        device.Device.Points.Count(point => point.Item?.Identifier == exchange.Identifier);

    /// <summary>Sends all but the last byte, which is left to whoever counts.</summary>
    private static async Task<ReadOnlyMemory<byte>> TrickleAsync(
        ReadOnlyMemory<byte> answer, TimeSpan pause, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken ct)
    {
        for (; answer.Length > 1; answer = answer[1..])
        {
            await send(answer[..1]);
            await Task.Delay(pause, ct);
        }
        return answer;
    }

    private static byte[] Damaged(byte[] answer)
    {
        answer[^3] ^= 0x04;
        return answer;
    }

    private Task PlantTimeAsync(TimeSpan delay, CancellationToken ct)
    {
        var waited = delay < LongestWait ? delay : LongestWait;
        return time is null ? Task.Delay(waited, ct) : Task.Delay(waited, time, ct);
    }
}
