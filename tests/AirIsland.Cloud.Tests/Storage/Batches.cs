using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry;
using NodaTime;
using WireTag = AirIsland.Proto.Telemetry.V1.Tag;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>A small catalogue and batches of it, as an edge would send them.</summary>
internal static class Batches
{
    public const string Edge = "edge-1";
    public const ulong Epoch = 0xF00D_0000_0000_0001;

    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 22, 4, 0);

    public static long NoonMs => Noon.ToUnixTimeMilliseconds();

    public static readonly TagCatalogue Catalogue = TagCatalogue.Of(Wire());

    /// <summary>The level <c>moushan/lifode/VolumeFlowRate</c>.</summary>
    public static Domain.Metering.Tag Flow => Catalogue.Tags.Single(t => t.Kind == TagKind.Level);

    /// <summary>The register <c>moushan/lifode/AccumulatedVolume</c>.</summary>
    public static Domain.Metering.Tag Volume => Catalogue.Tags.Single(t => t.Kind == TagKind.Register);

    public static Proto.Telemetry.V1.Catalogue Wire(string edge = Edge)
    {
        var catalogue = new Proto.Telemetry.V1.Catalogue { Edge = edge, Station = "moushan" };
        catalogue.Tags.Add(new WireTag
        {
            Id = "moushan/lifode/VolumeFlowRate",
            Kind = Kind.Level,
            Medium = "air",
            Unit = "m3/min",
            Resolution = "0.001",
            ReferenceState = "Standard20",
            Group = "lifode-flow/fast",
        });
        catalogue.Tags.Add(new WireTag
        {
            Id = "moushan/lifode/AccumulatedVolume",
            Kind = Kind.Register,
            Medium = "air",
            Unit = "m3",
            Resolution = "1",
            ReferenceState = "Standard20",
            Modulus = 4_294_967_296,
            Group = "lifode-flow/register",
        });
        return catalogue;
    }

    /// <summary>Samples one second apart, the first at a second after noon.</summary>
    public static EncodedBlock Block(Domain.Metering.Tag tag, int second, long count, int points = 1) =>
        Block(Catalogue, tag, [.. Enumerable.Range(0, points).Select(i => (second + i, count + i))]);

    /// <summary>Samples at those seconds after noon.</summary>
    public static EncodedBlock Block(TagCatalogue catalogue, Domain.Metering.Tag tag, params (int Second, long Count)[] samples)
    {
        var builder = new BlockBuilder();
        foreach (var (second, count) in samples)
            builder.Add("g", (Noon + Duration.FromSeconds(second)).ToUnixTimeMilliseconds(), catalogue.NumberOf(tag) ?? 99, count, 0);
        return builder.Encode();
    }

    public static ReceivedBatch Received(
        ulong sequence, Domain.Metering.Tag tag, int second, long count,
        BatchLane lane = BatchLane.Live, string edge = Edge, int points = 1) => new(
        new(edge, Epoch, lane, sequence), new("moushan"), Catalogue.Key,
        tag.Kind == TagKind.Register ? BatchContent.Registers : BatchContent.Levels,
        Block(tag, second, count, points), Noon + Duration.FromSeconds(second + 1));

    /// <summary>The batch with reads of the volume (ms since 1970, count) that a clock stamped which was not believed.</summary>
    public static ReceivedBatch Stamped(this ReceivedBatch batch, string boot, long offset, params (long At, long Count)[] reads) =>
        batch.Stamped(boot, offset, Quality.Uncertain(QualityReason.Clock), reads);

    public static ReceivedBatch Stamped(
        this ReceivedBatch batch, string boot, long offset, Quality quality, params (long At, long Count)[] reads)
    {
        var (builder, tag) = (new BlockBuilder(), Catalogue.NumberOf(Volume)!.Value);
        foreach (var (at, count) in reads) builder.Add("g", at, tag, count, quality.Code, new(boot, offset));
        return batch.With(builder);
    }

    /// <summary>The batch with what the edge tells of its clock: UTC = monotonic time + offset (ms), as of an uptime (ms).</summary>
    public static ReceivedBatch Told(this ReceivedBatch batch, string boot, long offset, long uptime)
    {
        var builder = new BlockBuilder();
        builder.Add(BlockReader.Read(batch.Block.Payload, batch.Block.Encoding).Groups[0], (_, _) => true);
        builder.Add(new BlockClockFix(boot, offset, uptime));
        return batch.With(builder);
    }

    private static ReceivedBatch With(this ReceivedBatch batch, BlockBuilder builder)
    {
        var block = builder.Encode();
        return batch with { Block = block, Clock = BatchClock.Of(BlockReader.Read(block.Payload, block.Encoding)) };
    }
}
