using System.Buffers;

namespace AirIsland.Proto.Columns;

/// <summary>A block's bytes, decompressed; the buffer goes back to the pool.</summary>
internal readonly ref struct PlainBlock(ReadOnlySpan<byte> bytes, byte[]? rented)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public void Dispose()
    {
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }
}
