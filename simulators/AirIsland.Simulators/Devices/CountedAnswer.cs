using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Simulators.Devices;

/// <summary>The last bytes of what a Modbus device answers: what they bring counts as served, when it is right.</summary>
internal static class CountedAnswer
{
    public static async Task HandOutAsync(
        ModbusExchange exchange, ReadOnlyMemory<byte> rest, IModbusPeer client, ProfileDevice device, Errand errand, CancellationToken ct)
    {
        if (exchange.IsGranted && !client.IsGone)
        {
            var samples = exchange.Table is { } table ? device.PointsIn(table, exchange.Address, exchange.Count) : 0;
            await errand.AnswerAsync(samples, () => client.SendAsync(rest, ct));
            return;
        }
        errand.Fail();
        await client.SendAsync(rest, ct);
    }
}
