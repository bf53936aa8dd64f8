using System.Buffers;
using ZstdSharp;

namespace AirIsland.Proto.Columns;

/// <summary>
/// zstd from 256 bytes up; plain below, and plain where compression does not pay. What an edge sends in full batches is pressed hard, for
/// it pays for each byte and has the time; a scan gains nothing by it, and what is larger is the cloud's, where time is dearer.
/// </summary>
internal static class BlockCompression
{
    private const int Threshold = 256;
    private const int HardFrom = 4 << 10;
    private const int HardUpTo = 64 << 10;
    private const int HardLevel = 12;
    private const int Level = 3;

    /// <summary>Most bytes that a payload may unfold to: 32 MiB. A frame says first how many it has.</summary>
    private const ulong MaxDecompressed = 32 << 20;

    // A context is 100 KiB and more to make: each thread keeps one.
    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Compressor? _hardCompressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    public static (byte[] Payload, BlockEncoding Encoding) Compress(byte[] plain)
    {
        if (plain.Length < Threshold) return (plain, BlockEncoding.Plain);
        var compressor = plain.Length is >= HardFrom and <= HardUpTo ? _hardCompressor ??= new(HardLevel) : _compressor ??= new(Level);
        var packed = compressor.Wrap(plain).ToArray();
        return packed.Length < plain.Length ? (packed, BlockEncoding.Zstd) : (plain, BlockEncoding.Plain);
    }

    public static PlainBlock Decompress(ReadOnlySpan<byte> payload, BlockEncoding encoding) => encoding switch
    {
        BlockEncoding.Plain => new(payload, null),
        BlockEncoding.Zstd => Unpack(payload),
        _ => throw new InvalidDataException($"encoding {(int)encoding} is not known"),
    };

    private static PlainBlock Unpack(ReadOnlySpan<byte> payload)
    {
        byte[]? buffer = null;
        try
        {
            var size = Decompressor.GetDecompressedSize(payload);
            if (size > MaxDecompressed) throw new InvalidDataException($"payload unfolds to {size} bytes, limit {MaxDecompressed}");
            buffer = ArrayPool<byte>.Shared.Rent((int)size);
            var length = (_decompressor ??= new()).Unwrap(payload, buffer);
            return new(buffer.AsSpan(0, length), buffer);
        }
        catch (Exception e) when (e is ZstdException or InvalidDataException)
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            throw e as InvalidDataException ?? new InvalidDataException($"payload is no zstd frame: {e.Message}", e);
        }
    }
}
