using System.Numerics;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// One series of a block as bytes: what differs from the plain case (every row, all Good), then the differences of counts, packed. And a
/// block's instants: the first, the usual step, and what each step differs from it.
/// </summary>
internal static class ColumnCodec
{
    private const ulong Sparse = 1;
    private const ulong Judged = 2;
    private const byte BadLevel = 2;

    [ThreadStatic]
    private static VarintWriter? _writer;

    private static VarintWriter Writer
    {
        get
        {
            _writer ??= new();
            _writer.Clear();
            return _writer;
        }
    }

    public static byte[] Encode(ColumnSamples column, int rowCount)
    {
        var writer = Writer;
        var isJudged = column.Qualities is { } q && q.AsSpan(0, column.Length).ContainsAnyExcept((byte)0);
        var isSparse = column.Length < rowCount;
        writer.Unsigned((isSparse ? Sparse : 0) | (isJudged ? Judged : 0));
        if (isSparse)
        {
            var present = writer.Bytes((rowCount + 7) / 8);
            for (var i = 0; i < column.Length; i++) present[column.RowOf(i) >> 3] |= (byte)(1 << (column.RowOf(i) & 7));
        }
        if (isJudged) WriteQualities(writer, column.Qualities.AsSpan(0, column.Length));
        var before = 0L;
        for (var i = 0; i < column.Length; i++)
        {
            if ((column.QualityOf(i) & 3) == BadLevel) continue;
            writer.Signed(unchecked(column.Counts[i] - before));
            before = column.Counts[i];
        }
        return PackedBytes.Pack(writer.Written);
    }

    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public static ColumnSamples Decode(ReadOnlySpan<byte> bytes, int rowCount)
    {
        var reader = new VarintReader(PackedBytes.Unpack(bytes));
        var kind = reader.Unsigned();
        var rows = (kind & Sparse) == 0 ? null : ReadRows(reader.Bytes((rowCount + 7) / 8), rowCount);
        var length = rows?.Length ?? rowCount;
        var qualities = (kind & Judged) == 0 ? null : ReadQualities(ref reader, length);
        var counts = new long[length];
        var count = 0L;
        for (var i = 0; i < length; i++)
        {
            if (qualities is not null && (qualities[i] & 3) == BadLevel) continue;
            counts[i] = count = unchecked(count + reader.Signed());
        }
        return reader.IsAtEnd ? new(length, rows, counts, qualities) : throw new InvalidDataException("there is more than it says");
    }

    public static byte[] EncodeInstants(ReadOnlySpan<long> instants)
    {
        var writer = Writer;
        writer.Unsigned((ulong)instants.Length);
        if (instants.Length == 0) return PackedBytes.Pack(writer.Written);
        var steps = new long[instants.Length - 1];
        for (var i = 0; i < steps.Length; i++) steps[i] = instants[i + 1] - instants[i];
        var usual = steps.Length == 0 ? 0 : steps.Order().ElementAt(steps.Length / 2);
        writer.Signed(instants[0]);
        writer.Signed(usual);
        foreach (var step in steps) writer.Signed(step - usual);
        return PackedBytes.Pack(writer.Written);
    }

    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public static long[] DecodeInstants(ReadOnlySpan<byte> bytes)
    {
        var reader = new VarintReader(PackedBytes.Unpack(bytes));
        var instants = new long[checked((int)reader.Unsigned())];
        if (instants.Length == 0) return instants;
        instants[0] = reader.Signed();
        var usual = reader.Signed();
        for (var i = 1; i < instants.Length; i++) instants[i] = instants[i - 1] + usual + reader.Signed();
        return instants;
    }

    private static void WriteQualities(VarintWriter writer, ReadOnlySpan<byte> qualities)
    {
        var runs = 1;
        for (var i = 1; i < qualities.Length; i++) runs += qualities[i] == qualities[i - 1] ? 0 : 1;
        writer.Unsigned((ulong)runs);
        while (qualities.Length > 0)
        {
            var length = qualities.IndexOfAnyExcept(qualities[0]);
            if (length < 0) length = qualities.Length;
            writer.Unsigned(qualities[0]);
            writer.Unsigned((ulong)length);
            qualities = qualities[length..];
        }
    }

    private static byte[] ReadQualities(ref VarintReader reader, int length)
    {
        var qualities = new byte[length];
        var at = 0;
        for (var runs = reader.Unsigned(); runs > 0; runs--)
        {
            var quality = (byte)reader.Unsigned();
            var run = reader.Unsigned();
            if (run > (ulong)(length - at)) throw new InvalidDataException("there are more qualities than samples");
            qualities.AsSpan(at, (int)run).Fill(quality);
            at += (int)run;
        }
        return at == length ? qualities : throw new InvalidDataException("there are fewer qualities than samples");
    }

    private static int[] ReadRows(ReadOnlySpan<byte> present, int rowCount)
    {
        var length = 0;
        foreach (var bits in present) length += BitOperations.PopCount(bits);
        var rows = new int[length];
        var next = 0;
        for (var at = 0; at < present.Length; at++)
        {
            for (var bits = (uint)present[at]; bits != 0; bits &= bits - 1)
                rows[next++] = (at * 8) + BitOperations.TrailingZeroCount(bits);
        }
        return next == 0 || rows[^1] < rowCount ? rows : throw new InvalidDataException("there are more rows than instants");
    }
}
