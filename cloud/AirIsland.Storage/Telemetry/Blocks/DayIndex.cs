using System.Buffers.Binary;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The index of a series' day (UTC): its hours in order, each where its samples lie and their summary, as varints one behind the other, and
/// a checksum. A day a row, because asking for a month reads thirty rows, not seven hundred.
/// </summary>
internal static class DayIndex
{
    private const ulong Broken = 1;
    private const int Check = 4;

    public static long Of(long hour) => Math.DivRem(hour, 24) is var (day, rest) && rest < 0 ? day - 1 : hour / 24;

    /// <summary>A day with other entries in the place of those of an hour; empty: a new day.</summary>
    /// <exception cref="InvalidDataException">The bytes are no day.</exception>
    public static byte[] With(ReadOnlySpan<byte> day, long hour, IReadOnlyList<SeriesHour> entries)
    {
        var writer = new VarintWriter();
        var isWritten = false;
        for (var reader = new VarintReader(Checked(day)); !reader.IsAtEnd;)
        {
            var old = Read(ref reader, DayIndex.Of(hour));
            if (!isWritten && old.Hour >= hour) isWritten = Write(writer, entries);
            if (old.Hour != hour) Write(writer, [old]);
        }
        if (!isWritten) Write(writer, entries);
        var checksum = Checksum.Crc32C(writer.Written);
        BinaryPrimitives.WriteUInt32LittleEndian(writer.Bytes(Check), checksum);
        return writer.Written.ToArray();
    }

    /// <summary>The entries of a day that lie in some hours (half-open).</summary>
    /// <exception cref="InvalidDataException">The bytes are no day.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, long day, long from, long to, List<SeriesHour> found)
    {
        for (var reader = new VarintReader(Checked(bytes)); !reader.IsAtEnd;)
        {
            var entry = Read(ref reader, day);
            if (entry.Hour >= from && entry.Hour < to) found.Add(entry);
        }
    }

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> day)
    {
        if (day.IsEmpty) return day;
        return day.Length > Check && BinaryPrimitives.ReadUInt32LittleEndian(day[^Check..]) == Checksum.Crc32C(day[..^Check])
            ? day[..^Check]
            : throw new InvalidDataException("the checksum does not fit the index of the day");
    }

    private static bool Write(VarintWriter writer, IReadOnlyList<SeriesHour> entries)
    {
        foreach (var (hour, block, frame, s) in entries)
        {
            // What does not fit is not kept, and the hour is decoded when somebody asks.
            var (sum, held, line) = (s.Sum - ((Int128)s.First * s.Samples), s.Held - Flat(s), s.TwiceLine - (2 * Flat(s)));
            var fits = Fits(sum) && Fits(held) && Fits(line);
            writer.Unsigned((ulong)(hour - (Of(hour) * 24)));
            writer.Unsigned((ulong)block);
            writer.Unsigned((ulong)frame);
            writer.Unsigned(s.IsBroken || !fits ? Broken : 0);
            writer.Unsigned((ulong)s.Samples);
            if (s.Samples == 0) continue;
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
        }
        return true;
    }

    private static SeriesHour Read(ref VarintReader reader, long day)
    {
        var hour = (day * 24) + (long)reader.Unsigned();
        var (block, frame) = ((long)reader.Unsigned(), (long)reader.Unsigned());
        var isBroken = reader.Unsigned() == Broken;
        var samples = (long)reader.Unsigned();
        if (samples == 0) return new(hour, block, frame, new() { IsBroken = isBroken });
        var firstAt = Hours.Start(hour) + (long)reader.Unsigned();
        var span = (long)reader.Unsigned();
        var first = reader.Signed();
        var (last, minimum, maximum) = (reader.Signed(), reader.Signed(), reader.Signed());
        var (sum, held, line) = (reader.Signed(), reader.Signed(), reader.Signed());
        var flat = (Int128)first * span;
        return new(hour, block, frame, new(
            samples, firstAt, first, firstAt + span, unchecked(first + last), unchecked(first + minimum), unchecked(first + maximum),
            ((Int128)first * samples) + sum, flat + held, (2 * flat) + line, (long)reader.Unsigned(), isBroken,
            Judged(reader.Unsigned()), Judged(reader.Unsigned())));
    }

    private static Quality Judged(ulong code) => code == 0 ? Quality.Good : Quality.FromCode((uint)code);

    private static Int128 Flat(in SampleSummary s) => (Int128)s.First * (s.LastAt - s.FirstAt);

    private static bool Fits(Int128 value) => value >= long.MinValue && value <= long.MaxValue;
}
