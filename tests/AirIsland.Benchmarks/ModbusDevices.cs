using System.Net;
using System.Text.Json;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Benchmarks;

/// <summary>
/// Modbus TCP devices in a process of their own: each a server with its own port. Prints the ports, then after each line of its input how
/// regularly it was asked since the line before: the distances of consecutive first requests of a poll, as the devices see them.
/// </summary>
internal static class ModbusDevices
{
    public const string Verb = "modbus-devices";

    public static async Task<int> RunAsync(int count)
    {
        AskedDevice[] devices = [.. Enumerable.Range(0, count).Select(i => new AskedDevice(i))];
        ModbusServer[] servers = [.. devices.Select(d => ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), d))];
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(servers.Select(s => s.Endpoint.Port)));
        while (await Console.In.ReadLineAsync() is not null)
        {
            double[] distances = [.. devices.SelectMany(d => d.TakeDistances())];
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(distances));
        }
        foreach (var server in servers) await server.DisposeAsync();
        return 0;
    }
}
