using ZstdSharp;

namespace AirIsland.Proto.Columns;

/// <summary>zstd level 3 from 256 bytes up; plain below, and plain where compression does not pay.</summary>
internal static class BlockCompression
{
    private const int Threshold = 256;
    private const int Level = 3;
    private const int MaxDecompressed = 64 << 20;

    public static (byte[] Payload, BlockEncoding Encoding) Compress(byte[] plain)
    {
        if (plain.Length < Threshold) return (plain, BlockEncoding.Plain);
        using var compressor = new Compressor(Level);
        var packed = compressor.Wrap(plain).ToArray();
        return packed.Length < plain.Length ? (packed, BlockEncoding.Zstd) : (plain, BlockEncoding.Plain);
    }

    public static byte[] Decompress(ReadOnlySpan<byte> payload, BlockEncoding encoding)
    {
        switch (encoding)
        {
            case BlockEncoding.Plain:
                return payload.ToArray();
            case BlockEncoding.Zstd:
                try
                {
                    using var decompressor = new Decompressor();
                    return decompressor.Unwrap(payload, MaxDecompressed).ToArray();
                }
                catch (ZstdException e)
                {
                    throw new InvalidDataException($"payload is no zstd frame: {e.Message}", e);
                }
            default:
                throw new InvalidDataException($"encoding {(int)encoding} is not known");
        }
    }
}
