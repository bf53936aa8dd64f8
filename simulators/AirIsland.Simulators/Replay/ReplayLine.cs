using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Replay;

/// <summary>The line of one replayed port: brings every answer and counts what it brings.</summary>
internal sealed class ReplayLine(IReadOnlyDictionary<byte, ReplayedDevice> units) : IModbusLine
{
    public bool Admits(int connected) => true;

    public async Task<bool> CarryAsync(ModbusExchange exchange, IModbusPeer client, CancellationToken ct)
    {
        var face = units[exchange.Unit].Face;
        using var errand = new Errand(face);
        await CountedAnswer.HandOutAsync(exchange, exchange.Answer, client, face, errand, ct);
        return true;
    }
}
