namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// Finds frames in a stream of bytes, however they are split, and finds the next one after garbage. Never throws, and never holds more
/// than one frame's bytes.
/// </summary>
public sealed class DltDecoder
{
    private readonly byte[] _held = new byte[DltFrame.MaxLength];
    private int _count;

    /// <summary>Bytes that belonged to no frame; preambles are not counted.</summary>
    public long DroppedBytes { get; private set; }

    /// <summary>Whether bytes are held that may become a frame.</summary>
    public bool IsMidFrame => _count > 0;

    /// <summary>The frames that these bytes complete.</summary>
    public IReadOnlyList<DltFrame> Feed(ReadOnlySpan<byte> bytes)
    {
        var frames = new List<DltFrame>();
        foreach (var next in bytes)
        {
            _held[_count++] = next;
            Scan(frames);
        }

        return frames;
    }

    /// <summary>
    /// Tells that the line was silent for longer than the pause within a frame: what is held will not become one. Gives the frames that
    /// lie behind a false start.
    /// </summary>
    public IReadOnlyList<DltFrame> Break()
    {
        var frames = new List<DltFrame>();
        while (_count > 0)
        {
            DropOne();
            Scan(frames);
        }

        return frames;
    }

    private void Scan(List<DltFrame> frames)
    {
        while (_count > 0 && DltFrame.Check(_held.AsSpan(0, _count)) is var length && length != 0)
        {
            if (length is { } whole)
            {
                frames.Add(DltFrame.Read(_held.AsSpan(0, whole)));
                Drop(whole);
            }
            else
            {
                DropOne();
            }
        }
    }

    private void DropOne()
    {
        if (_held[0] != DltFrame.Preamble)
            DroppedBytes++;
        Drop(1);
    }

    private void Drop(int count)
    {
        _count -= count;
        _held.AsSpan(count, _count).CopyTo(_held);
    }
}
