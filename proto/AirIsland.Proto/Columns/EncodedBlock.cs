namespace AirIsland.Proto.Columns;

/// <summary>
/// A column block as bytes, encoded once at the edge and kept as it is from there to the store. Instants are ms since 1970 UTC,
/// <see cref="To"/> inclusive; <see cref="Crc32C"/> is of <see cref="Payload"/>.
/// </summary>
public sealed record EncodedBlock(byte[] Payload, BlockEncoding Encoding, uint Crc32C, int PointCount, long From, long To);
