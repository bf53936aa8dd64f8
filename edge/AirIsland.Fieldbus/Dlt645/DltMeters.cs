using System.Net.Sockets;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>The meters of one line, which hear every request and answer what is theirs, one after the other.</summary>
public sealed class DltMeters(IReadOnlyList<DltMeter> meters)
{
    private static readonly TimeSpan ByteGap = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    /// <summary>Bytes FE ahead of each answer, as most meters send them.</summary>
    public int Preamble { get; init; } = 4;

    /// <summary>
    /// Answers over a stream of bytes until the other end closes it: a serial port's, or a connection's. Disposes the stream.
    /// </summary>
    /// <exception cref="OperationCanceledException">Ended from here.</exception>
    public async Task ServeAsync(Stream stream, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var line = new DltLine(stream, ByteGap);
        await using var owned = line.ConfigureAwait(false);
        try
        {
            while (true)
            {
                foreach (var request in await line.ReceiveAsync(ct).ConfigureAwait(false))
                    await AnswerAsync(line, request, ct).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException)
        {
            // The other end is gone, or takes nothing any more, which is its right.
        }
    }

    private async Task AnswerAsync(DltLine line, DltFrame request, CancellationToken ct)
    {
        foreach (var meter in meters)
        {
            if (meter.Answer(request) is { } answer)
                await line.SendAsync(answer.Encode(Preamble), SendLimit, ct).ConfigureAwait(false);
        }
    }
}
