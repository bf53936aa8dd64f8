using AirIsland.Domain.Metering;
using AirIsland.Quantities;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The index row of a series' hour in one block: where its instants and its samples lie, and their summary. A series that was in two scan
/// groups in an hour has two.
/// </summary>
internal readonly record struct SeriesHour(long Hour, long Block, long Frame, SampleSummary Summary)
{
    private const ulong Broken = 1;

    public static byte[] Pack(in SampleSummary s, long hour)
    {
        var writer = new VarintWriter();
        // What does not fit is not kept, and the hour is decoded when somebody asks.
        var (sum, held, line) = (s.Sum - ((Int128)s.First * s.Samples), s.Held - Flat(s), s.TwiceLine - (2 * Flat(s)));
        var fits = Fits(sum) && Fits(held) && Fits(line);
        writer.Unsigned(s.IsBroken || !fits ? Broken : 0);
        writer.Unsigned((ulong)s.Samples);
        if (s.Samples == 0) return writer.Written.ToArray();
        writer.Unsigned((ulong)(s.FirstAt - Hours.Start(hour)));
        writer.Unsigned((ulong)(s.LastAt - s.FirstAt));
        writer.Signed(s.First);
        writer.Signed(unchecked(s.Last - s.First));
        writer.Signed(unchecked(s.Minimum - s.First));
        writer.Signed(unchecked(s.Maximum - s.First));
        writer.Signed(fits ? (long)sum : 0);
        writer.Signed(fits ? (long)held : 0);
        writer.Signed(fits ? (long)line : 0);
        writer.Unsigned((ulong)s.LongestGap);
        writer.Unsigned(s.Worst.Code);
        writer.Unsigned(s.LastQuality.Code);
        return writer.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no summary.</exception>
    public static SampleSummary Unpack(ReadOnlySpan<byte> bytes, long hour)
    {
        var reader = new VarintReader(bytes);
        var isBroken = reader.Unsigned() == Broken;
        var samples = (long)reader.Unsigned();
        if (samples == 0) return new() { IsBroken = isBroken };
        var firstAt = Hours.Start(hour) + (long)reader.Unsigned();
        var lastAt = firstAt + (long)reader.Unsigned();
        var first = reader.Signed();
        var s = new SampleSummary
        {
            Samples = samples,
            FirstAt = firstAt,
            LastAt = lastAt,
            First = first,
            Last = unchecked(first + reader.Signed()),
            Minimum = unchecked(first + reader.Signed()),
            Maximum = unchecked(first + reader.Signed()),
            IsBroken = isBroken,
        };
        return s with
        {
            Sum = ((Int128)first * samples) + reader.Signed(),
            Held = Flat(s) + reader.Signed(),
            TwiceLine = (2 * Flat(s)) + reader.Signed(),
            LongestGap = (long)reader.Unsigned(),
            Worst = Quality.FromCode((uint)reader.Unsigned()),
            LastQuality = Quality.FromCode((uint)reader.Unsigned()),
        };
    }

    private static Int128 Flat(in SampleSummary s) => (Int128)s.First * (s.LastAt - s.FirstAt);

    private static bool Fits(Int128 value) => value >= long.MinValue && value <= long.MaxValue;
}
