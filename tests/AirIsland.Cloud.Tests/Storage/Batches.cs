using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
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

    /// <summary>One sample at a second after noon.</summary>
    public static EncodedBlock Block(Domain.Metering.Tag tag, int second, long count, int points = 1)
    {
        var builder = new BlockBuilder();
        for (var i = 0; i < points; i++)
        {
            var at = Noon + Duration.FromSeconds(second + i);
            builder.Add("g", at.ToUnixTimeMilliseconds(), Catalogue.NumberOf(tag.Id) ?? 99, count + i, 0);
        }
        return builder.Encode();
    }

    public static ReceivedBatch Received(
        ulong sequence, Domain.Metering.Tag tag, int second, long count,
        BatchLane lane = BatchLane.Live, string edge = Edge, int points = 1) => new(
        new(edge, Epoch, lane, sequence), new("moushan"), Catalogue.Key,
        tag.Kind == TagKind.Register ? BatchContent.Registers : BatchContent.Levels,
        Block(tag, second, count, points), Noon + Duration.FromSeconds(second + 1));
}
