using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>Modbus TCP on a line: answers are told apart by their transaction.</summary>
internal sealed class TcpModbusConnection(IByteLine line, TimeSpan silence) : IModbusConnection
{
    private readonly byte[] _buffer = new byte[ModbusFrame.MaxLength];
    private ushort _transaction;

    public bool BearsTimeouts => false;

    public bool IsOpen => line.IsOpen;

    public async Task<ReadOnlyMemory<byte>> ExchangeAsync(ModbusRequest request, Action onStray, CancellationToken ct)
    {
        var transaction = unchecked(++_transaction);
        await line.SendAsync(ModbusFrame.Build(transaction, request.Unit, request.Pdu), ct).ConfigureAwait(false);
        while (true)
        {
            var frame = await ReceiveFrameAsync(ct).ConfigureAwait(false);
            if (Answers(frame.Span, transaction, request))
                return frame[ModbusFrame.HeaderLength..];
            onStray();
        }
    }

    public async Task DrainAsync(Action onStray, CancellationToken ct)
    {
        if (await line.DrainAsync(silence, ct).ConfigureAwait(false) > 0)
            onStray();
    }

    public void Dispose() => line.Dispose();

    private static bool Answers(ReadOnlySpan<byte> frame, ushort transaction, ModbusRequest request) =>
        ModbusFrame.Transaction(frame) == transaction
        && ModbusFrame.Protocol(frame) == 0
        && request.IsAnsweredBy(ModbusFrame.Unit(frame), ModbusFrame.Pdu(frame));

    private async ValueTask<ReadOnlyMemory<byte>> ReceiveFrameAsync(CancellationToken ct)
    {
        await FillAsync(_buffer.AsMemory(0, ModbusFrame.HeaderLength), ct).ConfigureAwait(false);
        var length = ModbusFrame.PduLength(_buffer) ?? throw new IOException("The peer sent something that is no Modbus frame");
        await FillAsync(_buffer.AsMemory(ModbusFrame.HeaderLength, length), ct).ConfigureAwait(false);
        return _buffer.AsMemory(0, ModbusFrame.HeaderLength + length);
    }

    private async ValueTask FillAsync(Memory<byte> target, CancellationToken ct)
    {
        while (target.Length > 0)
        {
            var received = await line.ReceiveAsync(target, ct).ConfigureAwait(false);
            if (received == 0)
                throw new IOException("The peer closed the connection instead of answering");
            target = target[received..];
        }
    }
}
