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
        using var errand = new Errand(device.Device.Traffic);
        var sends = device.Sends;
        if (!sends.Answers) return;
        if (sends.Delay > TimeSpan.Zero) await PlantTimeAsync(sends.Delay, ct);
        var drawn = device.Disturbances.Draw();
        foreach (var late in Of(DisturbanceKind.Latency)) await Task.Delay(device.Disturbances.DelayOf(late), ct);
        if (Of(DisturbanceKind.Silence).Any()) return;
        if (Of(DisturbanceKind.WrongUnit).Any()) await send(exchange.OfNextMeter());
        var answer = exchange.Encode();
        if (Of(DisturbanceKind.Refusal).FirstOrDefault() is { } refusal) await send(exchange.Refused((DltRefusal)(byte)refusal.Code));
        else if (Of(DisturbanceKind.HalfFrame).Any()) await send(answer.AsMemory(0, answer.Length / 2));
        else if (Of(DisturbanceKind.Damage).Any()) await send(Damaged(answer));
        else await HandOutAsync(exchange, answer, Of(DisturbanceKind.Trickle).FirstOrDefault(), device, errand);

        foreach (var again in Of(DisturbanceKind.Duplicate))
        {
            await Task.Delay(device.Disturbances.DelayOf(again), ct);
            await send(answer);
        }

        IEnumerable<Disturbance> Of(DisturbanceKind kind) => drawn.Where(disturbance => disturbance.Kind == kind);

        async Task HandOutAsync(DltExchange done, byte[] bytes, Disturbance? trickle, FleetDevice meter, Errand work)
        {
            for (var at = 0; trickle is not null && at < bytes.Length - 1; at++)
            {
                await send(bytes.AsMemory(at, 1));
                await Task.Delay(trickle.Delay, ct);
            }
            await CountedAsync(done, trickle is null ? bytes : bytes.AsMemory(bytes.Length - 1), meter, work, send);
        }
    }

    /// <summary>The last bytes of a right answer, counted before they leave, so that who holds the answer finds it counted.</summary>
    private static async Task CountedAsync(
        DltExchange exchange, ReadOnlyMemory<byte> rest, FleetDevice device, Errand errand, Func<ReadOnlyMemory<byte>, Task> send)
    {
        var isRight = !exchange.Answer.IsRefusal;
        var samples = isRight ? device.Device.Points.Count(point => point.Item?.Identifier == exchange.Identifier) : 0;
        if (isRight) errand.Answer();
        device.Device.Serve(samples);
        try
        {
            await send(rest);
        }
        catch (IOException)
        {
            errand.TakeBack();
            device.Device.Serve(-samples);
            throw;
        }
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
