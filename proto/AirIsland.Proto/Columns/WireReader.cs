using System.Text;

namespace AirIsland.Proto.Columns;

/// <summary>
/// Protobuf's wire format, as far as a column block uses it. Every length is held against the bytes that are there.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    /// <summary>The bytes that are left: no fewer than the numbers that are.</summary>
    public readonly int Left => _bytes.Length - _at;

    public readonly ReadOnlySpan<byte> Rest => _bytes[_at..];

    public ulong Varint()
    {
        var at = _at;
        if ((uint)at < (uint)_bytes.Length && _bytes[at] < 0x80)
        {
            _at = at + 1;
            return _bytes[at];
        }
        return LongVarint();
    }

    public long ZigZag()
    {
        var n = Varint();
        return (long)(n >> 1) ^ -(long)(n & 1);
    }

    /// <summary>Number and wire type of the next field.</summary>
    public (int Field, int Type) Tag()
    {
        var tag = Varint();
        return tag is >= 8 and <= uint.MaxValue ? ((int)(tag >> 3), (int)(tag & 7)) : throw Wrong($"{tag} begins no field");
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (length > (ulong)Left) throw Wrong($"a field of {length} bytes is cut off after {Left}");
        var found = _bytes.Slice(_at, (int)length);
        _at += (int)length;
        return found;
    }

    public string Text()
    {
        try
        {
            return Utf8.GetString(Bytes());
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("payload is no ColumnBlock: a text is no UTF-8", e);
        }
    }

    /// <summary>Passes over a field that a newer edge knows.</summary>
    public void Skip(int type)
    {
        if (type == 0) Varint();
        else if (type == 2) Bytes();
        else if (type is 1 or 5) Pass(type == 1 ? 8 : 4);
        else throw Wrong($"wire type {type} is not known");
    }

    /// <summary>Holds a known field to its wire type.</summary>
    public static void Expect(int field, int type, int wanted)
    {
        if (type != wanted) throw Wrong($"field {field} is of wire type {type}, not {wanted}");
    }

    /// <summary>How many varints the bytes hold.</summary>
    public static int Count(ReadOnlySpan<byte> packed)
    {
        var count = 0;
        foreach (var b in packed) count += b < 0x80 ? 1 : 0;
        return count;
    }

    private void Pass(int count)
    {
        if (count > Left) throw Wrong($"a field of {count} bytes is cut off after {Left}");
        _at += count;
    }

    private ulong LongVarint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == _bytes.Length) throw Wrong("a number is cut off");
            var b = _bytes[_at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }
        throw Wrong("a number has more than ten bytes");
    }

    private static InvalidDataException Wrong(string what) => new($"payload is no ColumnBlock: {what}");
}
