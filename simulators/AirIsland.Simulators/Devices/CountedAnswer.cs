using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Simulators.Devices;

/// <summary>The last bytes of a right answer: what they bring counts as served.</summary>
internal static class CountedAnswer
{
    /// <summary>
    /// Sends what completes a right answer. It is counted first, so that who holds the answer finds it counted, and taken back when the
    /// client was gone.
    /// </summary>
    public static async Task HandOutAsync(
        ModbusExchange exchange,
        ReadOnlyMemory<byte> rest,
        IModbusPeer client,
        ProfileDevice device,
        Errand errand,
        CancellationToken ct)
    {
        var arrives = exchange.IsGranted && !client.IsGone;
        var samples = arrives && exchange.Table is { } table ? device.PointsIn(table, exchange.Address, exchange.Count) : 0;
        if (arrives) errand.Answer();
        device.Serve(samples);
        try
        {
            await client.SendAsync(rest, ct);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            errand.TakeBack();
            device.Serve(-samples);
            throw;
        }
    }
}
