namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>Reads as some serial drivers do: no token ends a read, and a second one beside it is a mistake.</summary>
internal sealed class UncancellableStream(Stream inner) : Stream
{
    /// <summary>A driver whose line takes nothing: its writes never end.</summary>
    public bool IsStuck { get; init; }

    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _reads) > 1)
            throw new InvalidOperationException("Two reads at once");
        var count = await inner.ReadAsync(buffer, CancellationToken.None);
        Interlocked.Decrement(ref _reads);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsStuck ? new ValueTask(new TaskCompletionSource().Task) : inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
