using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// Whether a batch can be decoded by its catalogue. Only that: a wrong clock or a doubtful value is no reason to reject a batch.
/// </summary>
internal static class BatchCheck
{
    private static readonly long Earliest = NodaConstants.UnixEpoch.ToUnixTimeMilliseconds();
    private static readonly long Latest = Instant.FromUtc(9999, 1, 1, 0, 0).ToUnixTimeMilliseconds();

    /// <summary>The batch with what its payload says of the edge's clock, or with what is wrong with it.</summary>
    public static ReceivedBatch Checked(this ReceivedBatch batch, TagCatalogue catalogue)
    {
        var block = batch.Block;
        if (Fault(block, batch.Content) is { } fault) return batch with { Rejection = fault };
        try
        {
            var decoded = BlockReader.Read(block.Payload, block.Encoding);
            var clock = BatchClock.Of(decoded);
            return (Fault(decoded, block, batch.Content, catalogue) ?? clock.Fault()) is { } wrong
                ? batch with { Rejection = wrong }
                : batch with { Clock = clock };
        }
        catch (InvalidDataException e)
        {
            return batch with { Rejection = e.Message };
        }
    }

    private static string? Fault(EncodedBlock block, BatchContent content)
    {
        if (Checksum.Crc32C(block.Payload) != block.Crc32C) return "the checksum does not fit the payload";
        if (block.To < block.From) return $"it ends at {block.To}, before it starts at {block.From}";
        if (block.From < Earliest || block.To > Latest) return "it lies outside the years 1970 to 9998";
        return Enum.IsDefined(content) ? null : $"content {(int)content} is not known";
    }

    private static string? Fault(DecodedBlock decoded, EncodedBlock block, BatchContent content, TagCatalogue catalogue)
    {
        if (decoded.PointCount != block.PointCount) return $"it has {decoded.PointCount} points and says {block.PointCount}";
        foreach (var group in decoded.Groups)
        {
            if (group.Instants[0] < block.From || group.Instants[^1] > block.To) return $"group '{group.Id}' lies outside its from and to";
            foreach (var column in group.Columns)
            {
                if (column.Tag >= catalogue.Tags.Count) return $"tag number {column.Tag} is not in the catalogue";
                var register = catalogue.Tags[(int)column.Tag].Kind == TagKind.Register;
                if (register != (content == BatchContent.Registers))
                    return $"{catalogue.Tags[(int)column.Tag].Id} is in a batch of {content}";
            }
        }
        return null;
    }
}
