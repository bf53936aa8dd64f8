using System.Buffers.Text;
using System.Text;
using AirIsland.Proto.Columns;

namespace AirIsland.Benchmarks;

/// <summary>
/// One writer's part of the same points for everybody: levels once a second, one hour of them drawn once and played again and again with
/// later instants. Lines are rendered once and get new instants in place, so that the peers do not pay for a client's formatting.
/// </summary>
internal sealed class PeerLoad
{
    public const int Seconds = 3600;
    public const int BatchSeconds = 200;
    private const int InstantDigits = 19;

    private readonly long[] _counts;
    private readonly byte[][] _lines;
    private readonly int[][] _instantsAt;

    /// <param name="first">Number of its first tag.</param>
    /// <param name="tags">How many.</param>
    /// <param name="seed">Of what is drawn.</param>
    public PeerLoad(int first, int tags, int seed)
    {
        (First, Tags) = (first, tags);
        var drawn = BlockReader.Read(new StationLoad(tags, seed, 0).Next(tags * Seconds).Payload, BlockEncoding.Zstd).Groups[0];
        _counts = new long[tags * Seconds];
        foreach (var column in drawn.Columns) column.Counts.CopyTo(_counts, (int)column.Tag * Seconds);
        _lines = new byte[Seconds / BatchSeconds][];
        _instantsAt = new int[_lines.Length][];
        for (var batch = 0; batch < _lines.Length; batch++) Render(batch);
    }

    public int First { get; }

    public int Tags { get; }

    public static int Batches => Seconds / BatchSeconds;

    /// <summary>A batch of an hour (ms since 1970 UTC) as lines of InfluxDB's protocol.</summary>
    public ReadOnlyMemory<byte> Lines(int batch, long hour)
    {
        var (lines, places) = (_lines[batch], _instantsAt[batch]);
        for (var i = 0; i < places.Length; i++)
        {
            var instant = (hour + ((((batch * BatchSeconds) + (i / Tags)) * 1000L))) * 1_000_000;
            Utf8Formatter.TryFormat(instant, lines.AsSpan(places[i], InstantDigits), out _);
        }
        return lines;
    }

    /// <summary>The same as an edge would encode it.</summary>
    public EncodedBlock Block(int batch, long hour)
    {
        var builder = new BlockBuilder();
        for (var second = batch * BatchSeconds; second < (batch + 1) * BatchSeconds; second++)
            for (var tag = 0; tag < Tags; tag++)
                builder.Add("fast", hour + (second * 1000L), (uint)tag, _counts[(tag * Seconds) + second], 0);
        return builder.Encode();
    }

    private void Render(int batch)
    {
        var (text, places) = (new StringBuilder(), new List<int>());
        for (var second = batch * BatchSeconds; second < (batch + 1) * BatchSeconds; second++)
        {
            for (var tag = 0; tag < Tags; tag++)
            {
                var value = _counts[(tag * Seconds) + second] / 1000m;
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"m,id=m{First + tag:0000} value={value} ");
                places.Add(text.Length);
                text.Append('0', InstantDigits).Append('\n');
            }
        }
        (_lines[batch], _instantsAt[batch]) = (Encoding.UTF8.GetBytes(text.ToString()), [.. places]);
    }
}
