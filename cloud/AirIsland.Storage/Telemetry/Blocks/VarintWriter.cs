using System.Numerics;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>Writes what <see cref="VarintReader"/> reads. Used again after <see cref="Clear"/>.</summary>
internal sealed class VarintWriter
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Unsigned(ulong value)
    {
        Room(10);
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        _bytes[_length++] = (byte)value;
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Zeroed bytes to be filled in.</summary>
    public Span<byte> Bytes(int length)
    {
        Room(length);
        var room = _bytes.AsSpan(_length, length);
        room.Clear();
        _length += length;
        return room;
    }

    private void Room(int length)
    {
        if (_bytes.Length - _length < length) Array.Resize(ref _bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(_length + length)));
    }
}
