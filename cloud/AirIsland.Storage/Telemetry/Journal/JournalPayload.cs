using System.Data.Common;
using AirIsland.Proto.Columns;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>The bytes of a stored batch, held against the checksum that came with them: a damaged page is never taken for values.</summary>
internal static class JournalPayload
{
    /// <exception cref="InvalidDataException">They are not those that came; the message names the position.</exception>
    public static byte[] Of(DbDataReader row, int payload, int checksum, long position)
    {
        var bytes = row.GetFieldValue<byte[]>(payload);
        return Checksum.Crc32C(bytes) == (uint)row.GetInt64(checksum)
            ? bytes
            : throw new InvalidDataException($"batch {position}: the checksum does not fit the payload");
    }
}
