using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Replay;

/// <summary>The line of one replayed port: brings every answer and counts what it brings.</summary>
internal sealed class ReplayLine(IReadOnlyDictionary<byte, ReplayedDevice> units) : IModbusLine
{
    public bool Admits(int connected) => true;

    public async Task<bool> CarryAsync(ModbusExchange exchange, IModbusPeer client, CancellationToken ct)
    {
        await CountedAnswer.HandOutAsync(exchange, exchange.Answer, client, units[exchange.Unit].Face, ct);
        return true;
    }
}
