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

    /// <summary>Null when all is well, else what is wrong.</summary>
    public static string? Fault(EncodedBlock block, BatchContent content, TagCatalogue catalogue)
    {
        if (Checksum.Crc32C(block.Payload) != block.Crc32C) return "the checksum does not fit the payload";
        if (block.To < block.From) return $"it ends at {block.To}, before it starts at {block.From}";
        if (block.From < Earliest || block.To > Latest) return "it lies outside the years 1970 to 9998";
        if (!Enum.IsDefined(content)) return $"content {(int)content} is not known";
        try
        {
            return Fault(BlockReader.Read(block.Payload, block.Encoding), block, content, catalogue);
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
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
