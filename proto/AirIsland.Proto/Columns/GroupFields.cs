namespace AirIsland.Proto.Columns;

/// <summary>Where the fields of one group lie in its bytes. Its columns are only noted.</summary>
internal readonly ref struct GroupFields
{
    public const int Columns = 4;

    public GroupFields(ReadOnlySpan<byte> bytes)
    {
        var seen = 0u;
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field is >= 1 and <= 10) WireReader.Expect(field, type, field is 2 or 8 ? 0 : 2);
            if (field is 3 or 5 or 6 or 7 or 9 or 10)
            {
                if ((seen & (1u << field)) != 0) throw new InvalidDataException($"field {field} of group '{Id}' is in pieces");
                seen |= 1u << field;
            }
            if (field == 1) Id = reader.Text();
            else if (field == 2) T0 = reader.ZigZag();
            else if (field == 3) Dt = reader.Bytes();
            else if (field == 5) TableTags = reader.Bytes();
            else if (field == 6) Table = reader.Bytes();
            else if (field == 7) Stamp = StampOf(reader.Bytes());
            else if (field == 8) Step = reader.Varint();
            else if (field == 9) Drift = reader.Bytes();
            else if (field == 10) Holes = reader.Bytes();
            else
            {
                HasColumns |= field == Columns;
                reader.Skip(type);
            }
        }
    }

    public string Id { get; } = "";

    public long T0 { get; }

    public ReadOnlySpan<byte> Dt { get; }

    public ReadOnlySpan<byte> TableTags { get; }

    public ReadOnlySpan<byte> Table { get; }

    public BlockStamp? Stamp { get; }

    public ulong Step { get; }

    public ReadOnlySpan<byte> Drift { get; }

    public ReadOnlySpan<byte> Holes { get; }

    public bool HasColumns { get; }

    private static BlockStamp StampOf(ReadOnlySpan<byte> bytes)
    {
        var (boot, offset) = ("", 0L);
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field is 1 or 2) WireReader.Expect(field, type, field == 1 ? 2 : 0);
            if (field == 1) boot = reader.Text();
            else if (field == 2) offset = reader.ZigZag();
            else reader.Skip(type);
        }
        return new(boot, offset);
    }
}
