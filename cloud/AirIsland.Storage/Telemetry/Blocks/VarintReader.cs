namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// Whole numbers as bytes: seven bits a byte, lowest first; signed ones zig-zag, so that small ones of both signs are short.
/// </summary>
internal ref struct VarintReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public ulong Unsigned()
    {
        var left = _left;
        if (left.Length > 0 && left[0] < 0x80)
        {
            _left = left[1..];
            return left[0];
        }
        var value = 0ul;
        for (var i = 0; i < left.Length && i < 10; i++)
        {
            value |= (ulong)(left[i] & 0x7F) << (7 * i);
            if (left[i] >= 0x80) continue;
            _left = left[(i + 1)..];
            return value;
        }
        throw new InvalidDataException("a number does not end");
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if ((uint)length > (uint)_left.Length) throw new InvalidDataException("it ends early");
        var taken = _left[..length];
        _left = _left[length..];
        return taken;
    }
}
