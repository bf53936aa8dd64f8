using AirIsland.Domain.Metering;
using AirIsland.Quantities;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The runs of a series' day as bytes, column by column. What can be guessed from the columns before is written as the difference from the
/// guess: sums and areas of a smooth minute are nearly those of its first and last value.
/// </summary>
internal static class MinuteCodec
{
    private const long Minute = 60_000;
    private const int Columns = 15;

    public static byte[] Pack(IReadOnlyList<MinuteRun> runs)
    {
        var columns = new VarintWriter[Columns];
        for (var i = 0; i < Columns; i++) columns[i] = new();
        var (at, samples, last, span, gap) = (0L, 0L, 0L, 0L, 0L);
        foreach (var run in runs)
        {
            var s = run.Summary;
            columns[0].Signed(run.At - at - Minute);
            columns[1].Signed(s.Samples - samples);
            (at, samples) = (run.At, s.Samples);
            if (run.IsBreak) continue;
            columns[2].Signed(unchecked(s.First - last));
            columns[3].Unsigned(s.LastQuality.Code);
            last = s.Last;
            if (samples == 1) continue;
            columns[4].Signed(s.LastAt - s.FirstAt - span);
            columns[5].Signed(unchecked(s.Last - s.First));
            columns[6].Unsigned(unchecked((ulong)(Math.Min(s.First, s.Last) - s.Minimum)));
            columns[7].Unsigned(unchecked((ulong)(s.Maximum - Math.Max(s.First, s.Last))));
            columns[8].Signed(s.LongestGap - gap);
            Wide(columns[9], columns[10], s.Sum - SumGuess(s));
            Wide(columns[11], columns[12], s.Held - HeldGuess(s));
            Wide(columns[13], columns[14], s.TwiceLine - LineGuess(s));
            columns[3].Unsigned(s.Worst.Code);
            (span, gap) = (s.LastAt - s.FirstAt, s.LongestGap);
        }
        var all = new VarintWriter();
        all.Unsigned((ulong)runs.Count);
        foreach (var column in columns)
        {
            all.Unsigned((ulong)column.Written.Length);
            column.Written.CopyTo(all.Bytes(column.Written.Length));
        }
        return PackedBytes.Pack(all.Written);
    }

    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public static List<MinuteRun> Unpack(ReadOnlySpan<byte> bytes)
    {
        var all = new VarintReader(PackedBytes.Unpack(bytes));
        var count = all.Unsigned();
        var c = new Row(ref all);
        var runs = new List<MinuteRun>((int)Math.Min(count, 1440));
        var (at, samples, last, span, gap) = (0L, 0L, 0L, 0L, 0L);
        for (var i = 0ul; i < count; i++)
        {
            at += c.At.Signed() + Minute;
            samples += c.Samples.Signed();
            if (samples == 0)
            {
                runs.Add(new(at, default));
                continue;
            }
            var first = unchecked(last + c.First.Signed());
            var quality = Quality.FromCode((uint)c.Quality.Unsigned());
            last = first;
            if (samples == 1)
            {
                runs.Add(new(at, default(SampleSummary).With(at, first, quality)));
                continue;
            }
            span += c.Span.Signed();
            last = unchecked(first + c.Last.Signed());
            var s = new SampleSummary
            {
                Samples = samples,
                FirstAt = at,
                First = first,
                LastAt = at + span,
                Last = last,
                Minimum = unchecked(Math.Min(first, last) - (long)c.Minimum.Unsigned()),
                Maximum = unchecked(Math.Max(first, last) + (long)c.Maximum.Unsigned()),
                LongestGap = gap += c.Gap.Signed(),
                LastQuality = quality,
            };
            s = s with { Sum = SumGuess(s) + Wide(ref c.Sum, ref c.SumMore) };
            s = s with { Held = HeldGuess(s) + Wide(ref c.Held, ref c.HeldMore) };
            s = s with { TwiceLine = LineGuess(s) + Wide(ref c.Line, ref c.LineMore) };
            runs.Add(new(at, s with { Worst = Quality.FromCode((uint)c.Quality.Unsigned()) }));
        }
        return runs;
    }

    private static Int128 SumGuess(in SampleSummary s) => ((Int128)s.First + s.Last) * s.Samples / 2;

    private static Int128 HeldGuess(in SampleSummary s) => (s.Sum - s.Last) * (s.LastAt - s.FirstAt) / (s.Samples - 1);

    private static Int128 LineGuess(in SampleSummary s) =>
        (2 * s.Held) + (((Int128)s.Last - s.First) * (s.LastAt - s.FirstAt) / (s.Samples - 1));

    /// <summary>Zig-zag, the low 63 bits in one column, what is above (nearly never anything) in the other.</summary>
    private static void Wide(VarintWriter low, VarintWriter high, Int128 value)
    {
        var zigZag = (UInt128)((value << 1) ^ (value >> 127));
        low.Unsigned((ulong)(zigZag & long.MaxValue));
        high.Unsigned((ulong)((zigZag >> 63) & ulong.MaxValue));
    }

    private static Int128 Wide(ref VarintReader low, ref VarintReader high)
    {
        var zigZag = low.Unsigned() | ((UInt128)high.Unsigned() << 63);
        return (Int128)(zigZag >> 1) ^ -(Int128)(zigZag & 1);
    }

    /// <summary>The columns, each read on from where it stopped.</summary>
    private ref struct Row(ref VarintReader all)
    {
        public VarintReader At = Next(ref all);
        public VarintReader Samples = Next(ref all);
        public VarintReader First = Next(ref all);
        public VarintReader Quality = Next(ref all);
        public VarintReader Span = Next(ref all);
        public VarintReader Last = Next(ref all);
        public VarintReader Minimum = Next(ref all);
        public VarintReader Maximum = Next(ref all);
        public VarintReader Gap = Next(ref all);
        public VarintReader Sum = Next(ref all);
        public VarintReader SumMore = Next(ref all);
        public VarintReader Held = Next(ref all);
        public VarintReader HeldMore = Next(ref all);
        public VarintReader Line = Next(ref all);
        public VarintReader LineMore = Next(ref all);

        private static VarintReader Next(ref VarintReader all) => new(all.Bytes((int)Math.Min(all.Unsigned(), int.MaxValue)));
    }
}
