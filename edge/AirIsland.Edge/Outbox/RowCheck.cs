using System.Buffers.Binary;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// The checksum of a row's fields, kept in the row: SQLite sums its WAL but not its pages, so a flipped bit in a page would pass for a
/// number.
/// </summary>
internal static class RowCheck
{
    /// <summary>CRC32C of numbers, in their order, and bytes.</summary>
    public static long Of(ReadOnlySpan<byte> bytes, params ReadOnlySpan<long> numbers)
    {
        Span<byte> written = stackalloc byte[(numbers.Length * sizeof(long)) + sizeof(uint)];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(written[(i * sizeof(long))..], numbers[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(written[^sizeof(uint)..], Checksum.Crc32C(bytes));
        return Checksum.Crc32C(written);
    }
}
