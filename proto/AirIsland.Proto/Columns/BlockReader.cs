namespace AirIsland.Proto.Columns;

/// <summary>Decodes and checks column blocks. Bytes from outside are never trusted: every length is held against a limit first.</summary>
public static class BlockReader
{
    /// <summary>Most rows a group may have.</summary>
    public const int MaxRows = 200_000;

    /// <summary>Most points a block may have, unless the caller wants fewer.</summary>
    public const int MaxPoints = 16_000_000;

    /// <exception cref="InvalidDataException">The bytes are no column block; the message says what is wrong.</exception>
    public static DecodedBlock Read(ReadOnlySpan<byte> payload, BlockEncoding encoding)
    {
        var copy = new BlockCopy();
        Visit(payload, encoding, copy);
        return copy.Done();
    }

    /// <summary>Shows a block to a visitor; what it throws goes through. More points or rows than the limit are no block.</summary>
    /// <exception cref="InvalidDataException">The bytes are no column block; the message says what is wrong.</exception>
    public static void Visit(ReadOnlySpan<byte> payload, BlockEncoding encoding, IBlockVisitor visitor, int mostPoints = MaxPoints)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        using var plain = BlockCompression.Decompress(payload, encoding);
        using var group = new GroupReader(visitor, mostPoints);
        for (var reader = new WireReader(plain.Bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field is >= 1 and <= 3) WireReader.Expect(field, type, 2);
            if (field == 1) group.Read(reader.Bytes());
            else if (field == 2) visitor.Gap(Gap(reader.Bytes()));
            else if (field == 3) visitor.ClockFix(ClockFix(reader.Bytes()));
            else reader.Skip(type);
        }
    }

    private static BlockGap Gap(ReadOnlySpan<byte> bytes)
    {
        var (tags, from, to, reason, count) = (Array.Empty<uint>(), 0L, 0L, "", 0ul);
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field is >= 1 and <= 5) WireReader.Expect(field, type, field is 1 or 4 ? 2 : 0);
            if (field == 1 && tags.Length > 0) throw new InvalidDataException("a gap's tags are in pieces");
            else if (field == 1) tags = Numbers(reader.Bytes());
            else if (field == 2) from = reader.ZigZag();
            else if (field == 3) to = reader.ZigZag();
            else if (field == 4) reason = reader.Text();
            else if (field == 5) count = reader.Varint();
            else reader.Skip(type);
        }
        return new(tags, from, to, reason, count);
    }

    private static BlockClockFix ClockFix(ReadOnlySpan<byte> bytes)
    {
        var (boot, offset, uptime) = ("", 0L, 0L);
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field is 1 or 5 or 6) WireReader.Expect(field, type, field == 1 ? 2 : 0);
            if (field == 1) boot = reader.Text();
            else if (field == 5) offset = reader.ZigZag();
            else if (field == 6) uptime = reader.ZigZag();
            else reader.Skip(type);
        }
        return new(boot, offset, uptime);
    }

    private static uint[] Numbers(ReadOnlySpan<byte> packed)
    {
        var numbers = new uint[WireReader.Count(packed)];
        var reader = new WireReader(packed);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = (uint)reader.Varint();
        return reader.IsAtEnd ? numbers : throw new InvalidDataException("payload is no ColumnBlock: a number is cut off");
    }
}
