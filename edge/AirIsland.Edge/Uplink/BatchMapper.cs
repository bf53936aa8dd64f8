using AirIsland.Edge.Outbox;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;

namespace AirIsland.Edge.Uplink;

/// <summary>A stored batch as the message that carries it; the payload is not copied.</summary>
internal static class BatchMapper
{
    public static Batch ToBatch(StoredBatch stored) => new()
    {
        Epoch = stored.Epoch,
        Lane = (Proto.Telemetry.V1.Lane)stored.Lane,
        Sequence = (ulong)stored.Sequence,
        Catalogue = UnsafeByteOperations.UnsafeWrap(stored.Catalogue),
        PointCount = (uint)stored.Block.PointCount,
        From = stored.Block.From,
        To = stored.Block.To,
        Crc32C = stored.Block.Crc32C,
        Content = (Content)stored.Content,
        Encoding = (Encoding)stored.Block.Encoding,
        Payload = UnsafeByteOperations.UnsafeWrap(stored.Block.Payload),
    };
}
