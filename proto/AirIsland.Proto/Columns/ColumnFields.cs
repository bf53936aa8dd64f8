namespace AirIsland.Proto.Columns;

/// <summary>Where the fields of one column lie in its bytes. Its quality runs are only counted.</summary>
internal readonly ref struct ColumnFields
{
    public const int QualityRuns = 4;

    private readonly string _group;

    public ColumnFields(string group, ReadOnlySpan<byte> bytes)
    {
        _group = group;
        var hasDelta = false;
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field is >= 1 and <= 4) WireReader.Expect(field, type, field == 1 ? 0 : 2);
            if (field == 1) Tag = (uint)reader.Varint();
            else if (field == 2) Present = reader.Bytes();
            else if (field == 3 && hasDelta) throw Wrong("its deltas are in pieces");
            else if (field == 3)
            {
                Delta = reader.Bytes();
                hasDelta = true;
            }
            else
            {
                if (field == QualityRuns) Qualities++;
                reader.Skip(type);
            }
        }
    }

    public uint Tag { get; }

    public ReadOnlySpan<byte> Present { get; }

    public ReadOnlySpan<byte> Delta { get; }

    /// <summary>How many runs there are; none: all Good.</summary>
    public int Qualities { get; }

    public static (uint Quality, uint Length) Run(ReadOnlySpan<byte> bytes)
    {
        var (quality, length) = (0u, 0u);
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field is 1 or 2) WireReader.Expect(field, type, 0);
            if (field == 1) quality = (uint)reader.Varint();
            else if (field == 2) length = (uint)reader.Varint();
            else reader.Skip(type);
        }
        return (quality, length);
    }

    public InvalidDataException Wrong(string what) => new($"group '{_group}', tag {Tag}: {what}");
}
