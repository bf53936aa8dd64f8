using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// Requests of Modbus RTU. The function tells the length and the CRC whether it is so; where it is not, silence ends what was heard. What
/// is no request is dropped: on a wire there is nothing to close.
/// </summary>
internal sealed class RtuModbusCalls(IByteLine line, TimeSpan silence) : IModbusCalls
{
    // Adapters hand bytes on in lumps of some 16 ms, so a server that took the 1.5 characters of the specification at their word would
    // take whole frames apart.
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMilliseconds(50);

    private readonly TimeSpan _silence = silence > ShortestSilence ? silence : ShortestSilence;
    private readonly byte[] _heard = new byte[4 * RtuFrame.MaxLength];
    private int _length;

    // The request handed out last: its bytes are taken away when the next one is asked for.
    private int _taken;

    public async ValueTask<ModbusCall?> NextAsync(CancellationToken ct)
    {
        Drop(_taken);
        while (true)
        {
            if (FrameLength(_heard.AsSpan(0, _length)) is { } length)
                return Take(0, length);
            if (_length == _heard.Length)
                Drop(_length);
            var received = _length == 0
                ? await line.ReceiveAsync(_heard, ct).ConfigureAwait(false)
                : await line.ReceiveWithinAsync(_heard.AsMemory(_length), _silence, ct).ConfigureAwait(false);
            if (received == 0)
                return null;
            _length += received ?? 0;
            if (received is null)
            {
                if (LastFrame() is { } start)
                    return Take(start, _length - start);
                Drop(_length);
            }
        }
    }

    /// <summary>Length of the whole frame at the start, or null.</summary>
    private static int? FrameLength(ReadOnlySpan<byte> heard)
    {
        if (heard.Length < 2)
            return null;
        int? pdu = heard[1] switch
        {
            >= ModbusFunction.ReadCoils and <= ModbusFunction.WriteOne => 5,
            ModbusFunction.WriteCoils or ModbusFunction.WriteMany when heard.Length > 6 => 6 + heard[6],
            ModbusFunction.MaskWrite => 7,
            ModbusFunction.ReadWrite when heard.Length > 10 => 10 + heard[10],
            ModbusFunction.Encapsulated => 4,
            _ => null,
        };
        return pdu + RtuFrame.Overhead is { } length && length <= heard.Length && RtuFrame.IsSound(heard[..length]) ? length : null;
    }

    /// <summary>Where a frame begins that ends with the last byte heard: behind noise, or of a function that is not known here.</summary>
    private int? LastFrame()
    {
        for (var start = 0; start + RtuFrame.Overhead < _length; start++)
        {
            if (RtuFrame.IsSound(_heard.AsSpan(start, _length - start)))
                return start;
        }

        return null;
    }

    private ModbusCall Take(int start, int length)
    {
        _taken = start + length;
        return new ModbusCall(ModbusFraming.Rtu, 0, _heard[start], _heard.AsMemory(start + 1, length - RtuFrame.Overhead));
    }

    private void Drop(int bytes)
    {
        _heard.AsSpan(bytes, _length - bytes).CopyTo(_heard);
        _length -= bytes;
        _taken = 0;
    }
}
