using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>Requests of Modbus TCP, whose header tells their length.</summary>
internal sealed class TcpModbusCalls(IByteLine line) : IModbusCalls
{
    private readonly byte[] _request = new byte[ModbusFrame.MaxLength];

    public async ValueTask<ModbusCall?> NextAsync(CancellationToken ct)
    {
        if (!await FillAsync(_request.AsMemory(0, ModbusFrame.HeaderLength), ct).ConfigureAwait(false)
            || ModbusFrame.Protocol(_request) != 0
            || ModbusFrame.PduLength(_request) is not { } length
            || !await FillAsync(_request.AsMemory(ModbusFrame.HeaderLength, length), ct).ConfigureAwait(false))
            return null;
        return new ModbusCall(
            ModbusFraming.Tcp,
            ModbusFrame.Transaction(_request),
            ModbusFrame.Unit(_request),
            _request.AsMemory(ModbusFrame.HeaderLength, length));
    }

    private async ValueTask<bool> FillAsync(Memory<byte> target, CancellationToken ct)
    {
        while (target.Length > 0)
        {
            var received = await line.ReceiveAsync(target, ct).ConfigureAwait(false);
            if (received == 0)
                return false;
            target = target[received..];
        }

        return true;
    }
}
