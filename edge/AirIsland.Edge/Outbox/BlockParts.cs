using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>What a block holds, to make another of it.</summary>
internal static class BlockParts
{
    /// <summary>The block decoded; null when it cannot be.</summary>
    public static DecodedBlock? Decode(this EncodedBlock block)
    {
        try
        {
            return BlockReader.Read(block.Payload, block.Encoding);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Adds the gaps and clock steps of a block: whatever becomes of its samples, these are told.</summary>
    public static void AddRemarks(this BlockBuilder builder, DecodedBlock block)
    {
        foreach (var gap in block.Gaps) builder.Add(gap);
        foreach (var fix in block.ClockFixes) builder.Add(fix);
    }
}
