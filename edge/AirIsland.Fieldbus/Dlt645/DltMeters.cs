using System.Net.Sockets;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>The meters of one line, which hear every request and answer what is theirs, one after the other.</summary>
public sealed class DltMeters(IReadOnlyList<DltMeter> meters)
{
    private static readonly TimeSpan ByteGap = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    /// <summary>Bytes FE ahead of each answer, as most meters send them.</summary>
    public int Preamble { get; init; } = 4;

    /// <summary>Held while a meter makes up its answer, so that all numbers in it are of one instant. Null: nothing is held.</summary>
    public Lock? Gate { get; init; }

    /// <summary>Null is a line without a fault.</summary>
    public IDltLine? Line { get; init; }

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
            if (AnswerOf(meter, request) is not { } answer)
                continue;
            var exchange = new DltExchange(meter.Address, request, answer, Preamble);
            if (Line is null)
                await SendAsync(exchange.Encode()).ConfigureAwait(false);
            else
                await Line.CarryAsync(exchange, SendAsync, ct).ConfigureAwait(false);
        }

        Task SendAsync(ReadOnlyMemory<byte> bytes) => line.SendAsync(bytes, SendLimit, ct);
    }

    private DltFrame? AnswerOf(DltMeter meter, DltFrame request)
    {
        if (Gate is null)
            return meter.Answer(request);
        lock (Gate)
            return meter.Answer(request);
    }
}
