using System.Buffers.Binary;
using AirIsland.Proto.Columns;
using ZstdSharp;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// Bytes as they lie in a block: one byte that says how (0 plain, 1 zstd), the bytes, and their CRC32C, so that a damaged page is never
/// taken for values.
/// </summary>
internal static class PackedBytes
{
    private const int Level = 3;
    private const int MaxUnpacked = 64 << 20;
    private const int Overhead = 5;

    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    public static byte[] Pack(ReadOnlySpan<byte> plain)
    {
        _compressor ??= new(Level);
        var packed = _compressor.Wrap(plain);
        var isSmaller = packed.Length < plain.Length;
        var bytes = new byte[(isSmaller ? packed.Length : plain.Length) + Overhead];
        bytes[0] = isSmaller ? (byte)1 : (byte)0;
        (isSmaller ? packed : plain).CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), Checksum.Crc32C(bytes.AsSpan(0, bytes.Length - 4)));
        return bytes;
    }

    /// <exception cref="InvalidDataException">They are not what was written.</exception>
    public static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Overhead || BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Checksum.Crc32C(bytes[..^4]))
            throw new InvalidDataException("the checksum does not fit the bytes");
        var body = bytes[1..^4];
        if (bytes[0] == 0) return body;
        try
        {
            _decompressor ??= new();
            return _decompressor.Unwrap(body, MaxUnpacked);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException($"no zstd frame: {e.Message}", e);
        }
    }
}
