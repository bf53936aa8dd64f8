using System.Buffers.Binary;
using System.Net.Sockets;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>One client of a <see cref="ModbusServer"/>: its requests are answered in their order until it leaves.</summary>
internal sealed class ModbusSession(Socket socket, IModbusUnits units, IModbusLine? line) : IModbusPeer
{
    /// <summary>Function, address, and a count or a value.</summary>
    private const int HeadLength = 5;

    private readonly byte[] _request = new byte[ModbusFrame.MaxLength];
    private readonly byte[] _answer = new byte[ModbusFrame.MaxLength];

    public bool IsGone => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    public async Task RunAsync(CancellationToken ct)
    {
        using var owned = socket;
        socket.NoDelay = true;
        try
        {
            while (await ReceiveAsync(ct).ConfigureAwait(false) is { } request
                && Answer(_request.AsSpan(0, request)) is { } answer
                && await CarryAsync(request, answer, ct).ConfigureAwait(false))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // The server closes.
        }
        catch (SocketException)
        {
            // The client is gone, which is its right.
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, ct).ConfigureAwait(false)..];
    }

    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    private async Task<bool> CarryAsync(int request, int answer, CancellationToken ct)
    {
        var frame = _answer.AsMemory(0, answer);
        if (line is not null && answer > 0)
            return await line.CarryAsync(new ModbusExchange(_request.AsMemory(0, request), frame), this, ct).ConfigureAwait(false);
        await SendAsync(frame, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Length of the next frame, or null when the client left or sent no Modbus frame.</summary>
    private async Task<int?> ReceiveAsync(CancellationToken ct)
    {
        if (!await FillAsync(_request.AsMemory(0, ModbusFrame.HeaderLength), ct).ConfigureAwait(false)
            || ModbusFrame.Protocol(_request) != 0
            || ModbusFrame.PduLength(_request) is not { } length
            || !await FillAsync(_request.AsMemory(ModbusFrame.HeaderLength, length), ct).ConfigureAwait(false))
            return null;
        return ModbusFrame.HeaderLength + length;
    }

    private async Task<bool> FillAsync(Memory<byte> target, CancellationToken ct)
    {
        while (target.Length > 0)
        {
            var received = await socket.ReceiveAsync(target, SocketFlags.None, ct).ConfigureAwait(false);
            if (received == 0)
                return false;
            target = target[received..];
        }

        return true;
    }

    /// <summary>Writes the answer; returns its length, 0 for silence, null when the request is malformed.</summary>
    private int? Answer(ReadOnlySpan<byte> request)
    {
        var pdu = ModbusFrame.Pdu(request);
        if (!units.Serves(ModbusFrame.Unit(request)))
            return 0;
        return pdu[0] switch
        {
            ModbusFrame.ReadHolding or ModbusFrame.ReadInput => pdu.Length == HeadLength ? AnswerRead(request) : null,
            ModbusFrame.WriteOne => pdu.Length == HeadLength ? Write(request, pdu[3..]) : null,
            ModbusFrame.WriteMany => AnswerWriteMany(request),
            _ => Refuse(request, ModbusExceptionCode.IllegalFunction),
        };
    }

    private int AnswerRead(ReadOnlySpan<byte> request)
    {
        var (address, count) = Range(request);
        if (count is 0 or > ModbusFrame.MaxReadRegisters)
            return Refuse(request, ModbusExceptionCode.IllegalDataValue);
        return address + count > 65536 ? Refuse(request, ModbusExceptionCode.IllegalDataAddress) : Read(request, address, count);
    }

    private int? AnswerWriteMany(ReadOnlySpan<byte> request)
    {
        var pdu = ModbusFrame.Pdu(request);
        if (pdu.Length <= HeadLength || pdu.Length != HeadLength + 1 + pdu[HeadLength])
            return null;
        var (address, count) = Range(request);
        if (count is 0 or > ModbusFrame.MaxWriteRegisters || pdu[HeadLength] != 2 * count)
            return Refuse(request, ModbusExceptionCode.IllegalDataValue);
        return address + count > 65536
            ? Refuse(request, ModbusExceptionCode.IllegalDataAddress)
            : Write(request, pdu[(HeadLength + 1)..]);
    }

    private static (ushort Address, ushort Count) Range(ReadOnlySpan<byte> request)
    {
        var pdu = ModbusFrame.Pdu(request);
        return (BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]));
    }

    /// <summary>The answer to a write is its head, repeated.</summary>
    private int Write(ReadOnlySpan<byte> request, ReadOnlySpan<byte> values)
    {
        var unit = ModbusFrame.Unit(request);
        try
        {
            units.Write(unit, Range(request).Address, ModbusFrame.ReadRegisters(values));
        }
        catch (ModbusException e)
        {
            return Refuse(request, e.Code);
        }

        ModbusFrame.Pdu(request)[..HeadLength].CopyTo(_answer.AsSpan(ModbusFrame.HeaderLength));
        return ModbusFrame.WriteHeader(_answer, ModbusFrame.Transaction(request), unit, HeadLength);
    }

    private int Read(ReadOnlySpan<byte> request, ushort address, ushort count)
    {
        var (unit, function) = (ModbusFrame.Unit(request), ModbusFrame.Pdu(request)[0]);
        Span<ushort> registers = stackalloc ushort[count];
        registers.Clear();
        try
        {
            units.Read(function == ModbusFrame.ReadHolding ? RegisterTable.Holding : RegisterTable.Input, unit, address, registers);
        }
        catch (ModbusException e)
        {
            return Refuse(request, e.Code);
        }

        var pdu = _answer.AsSpan(ModbusFrame.HeaderLength);
        pdu[0] = function;
        pdu[1] = (byte)(2 * count);
        ModbusFrame.WriteRegisters(pdu[2..], registers);
        return ModbusFrame.WriteHeader(_answer, ModbusFrame.Transaction(request), unit, 2 + (2 * count));
    }

    private int Refuse(ReadOnlySpan<byte> request, ModbusExceptionCode code) => ModbusFrame.WriteRefusal(_answer, request, code);
}
