using System.Buffers;
using System.Buffers.Text;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>
/// The samples of a batch as lines of line protocol. Of one tag's samples at one instant the second stands a nanosecond later, and so on:
/// InfluxDB keeps one point a series and instant, and samples have milliseconds.
/// </summary>
internal static class PointText
{
    /// <summary>What InfluxDB can date, ms since 1970 UTC: the years 1677 to 2262. Samples of others stay in the journal only.</summary>
    public const long Earliest = -9_223_372_036_854;
    public const long Latest = 9_223_372_036_853;

    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>
    /// Writes a line a sample, in pieces of so many lines at most; gives after each how many it wrote and how many before them InfluxDB
    /// cannot date. What was written may be taken away between two.
    /// </summary>
    public static IEnumerable<(int Lines, int LeftOut)> Write(
        DecodedBlock block, TagCatalogue catalogue, byte[][] prefixes, Instant knownAt, IBufferWriter<byte> output, int most)
    {
        var (lines, leftOut) = (0, 0);
        var seen = new Dictionary<(uint Tag, long At), int>();
        foreach (var group in block.Groups)
        {
            foreach (var column in group.Columns)
            {
                var resolution = catalogue.Tags[(int)column.Tag].Resolution;
                var last = long.MinValue;
                for (var i = 0; i < column.Rows.Length; i++)
                {
                    var at = group.Instants[column.Rows[i]];
                    // Instants ascend within a group: only an equal neighbour, or another group of the tag, can stand at the same one.
                    var later = at == last || block.Groups.Count > 1 ? Repeats(seen, column.Tag, at, at == last) : 0;
                    last = at;
                    if (at is < Earliest or > Latest)
                    {
                        leftOut++;
                        continue;
                    }
                    output.Write(prefixes[column.Tag]);
                    var quality = Judged(Quality.FromCode(column.Qualities[i]), group.Stamp is not null, at, knownAt);
                    if (column.HasValue(i)) Fields(output, column.Counts[i], resolution);
                    output.Write("quality="u8);
                    Number(output, quality.Code);
                    output.Write("i "u8);
                    Number(output, (at * NanosecondsPerMillisecond) + later);
                    output.Write("\n"u8);
                    if (++lines < most) continue;
                    yield return (lines, leftOut);
                    (lines, leftOut) = (0, 0);
                }
            }
        }
        if (lines > 0 || leftOut > 0) yield return (lines, leftOut);
    }

    /// <summary>The count that a value stands for, if it stands for one.</summary>
    public static long? CountOf(double value, decimal resolution)
    {
        var count = Math.Round(value / (double)resolution);
        return Math.Abs(count) < 9e15 && ValueOf((long)count, resolution).Equals(value) ? (long)count : null;
    }

    public static double ValueOf(long count, decimal resolution) => (double)(count * resolution);

    /// <summary>As the embedded store judges when it reads, but for corrections: what a doubted clock stamped stays there.</summary>
    private static Quality Judged(Quality quality, bool isDoubted, long at, Instant knownAt)
    {
        if (!quality.HasValue) return quality;
        var isWrong = SampleClock.IsWrong(Instant.FromUnixTimeMilliseconds(at), knownAt);
        return isWrong || (isDoubted && quality.Reason != QualityReason.SuspectRegister) ? Quality.Uncertain(QualityReason.Clock) : quality;
    }

    private static void Fields(IBufferWriter<byte> output, long count, decimal resolution)
    {
        var value = ValueOf(count, resolution);
        output.Write("value="u8);
        Number(output, value);
        output.Write(","u8);
        // A double carries any count that a meter shows in practice, and then the second field would only take room.
        if (CountOf(value, resolution) == count) return;
        output.Write("count="u8);
        Number(output, count);
        output.Write("i,"u8);
    }

    private static int Repeats(Dictionary<(uint Tag, long At), int> seen, uint tag, long at, bool isRepeated)
    {
        var before = seen.TryGetValue((tag, at), out var n) ? n : isRepeated ? 1 : 0;
        seen[(tag, at)] = before + 1;
        return before;
    }

    private static void Number(IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    private static void Number(IBufferWriter<byte> output, double number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(32), out var written);
        output.Advance(written);
    }
}
