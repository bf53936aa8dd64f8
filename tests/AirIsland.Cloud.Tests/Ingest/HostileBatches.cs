using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using ZstdSharp;

namespace AirIsland.Cloud.Tests.Ingest;

/// <summary>Makes a good batch one that nobody can use; its checksum fits all the same.</summary>
internal static class HostileBatches
{
    public static void Spoil(this Batch batch, string what)
    {
        var block = ColumnBlock.Parser.ParseFrom(batch.Payload);
        var group = block.Groups[0];
        var from = batch.From;
        if (what == "year 1") (batch.From, batch.To, group.T0) = (-62_135_596_800_000, -62_135_596_800_000, -62_135_596_800_000);
        if (what == "year 9999") (batch.To, group.T0) = (253_402_300_799_999, 253_402_300_799_999);
        if (what == "backwards") group.Dt.Add(ulong.MaxValue);
        if (what == "gap outside") block.Gaps.Add(new Gap { From = from - 1, To = from });
        if (what == "gap of an unknown tag") block.Gaps.Add(new Gap { Tags = { 2 }, From = from, To = from });
        if (what == "unknown tag") group.TableTags[0] = 2;
        if (what == "quality 3") group.Columns.Add(new Column { Tag = 0, Qualities = { new QualityRun { Quality = 3, Length = 1 } } });
        if (what == "a billion points") batch.PointCount = 1_000_000_000;
        if (what == "clocks without end") block.ClockFixes.Add(Enumerable.Range(0, 257).Select(i => new ClockFix { Boot = $"boot-{i}" }));
        if (what == "boot with a zero") block.ClockFixes.Add(new ClockFix { Boot = "a\0" });
        if (what == "long boot") block.ClockFixes.Add(new ClockFix { Boot = new string('b', 65) });
        if (what == "group with a zero") group.Id = "g\0";
        if (what == "long group") group.Id = new string('g', 129);
        if (what == "gap reason with a zero") block.Gaps.Add(new Gap { From = from, To = from, Reason = "\0" });
        if (what == "long gap reason") block.Gaps.Add(new Gap { From = from, To = from, Reason = new string('r', 257) });
        if (what == "bomb of Bad samples")
        {
            group.Dt.Add(Enumerable.Repeat(0ul, 199_999));
            var column = new Column { Qualities = { new QualityRun { Quality = 22, Length = 200_000 } } };
            group.Columns.Add(Enumerable.Repeat(column, 10_000));
            batch.PointCount = 999_999;
        }
        batch.Payload = block.ToByteString();
        if (what.StartsWith("bomb", StringComparison.Ordinal))
        {
            using var compressor = new Compressor();
            var plain = what == "bomb" ? new byte[64 << 20] : batch.Payload.ToByteArray();
            (batch.Payload, batch.Encoding) = (ByteString.CopyFrom(compressor.Wrap(plain)), Encoding.Zstd);
        }
        batch.Crc32C = Checksum.Crc32C(batch.Payload.Span);
    }
}
