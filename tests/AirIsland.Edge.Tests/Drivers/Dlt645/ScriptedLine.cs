using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Edge.Tests.Drivers.Dlt645;

/// <summary>A transparent gateway on TCP that says whatever a test scripts to each request it hears.</summary>
internal sealed class ScriptedLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;

    /// <param name="answer">
    /// Called with each request and a way to send bytes, one request after the other; hangs up by an <see cref="IOException"/>.
    /// </param>
    public ScriptedLine(Func<DltFrame, Func<byte[], Task>, Task> answer)
    {
        _listener.Start();
        _running = RunAsync(answer, _closing.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes of a request as they came, the last one whole.</summary>
    public byte[] LastHeard { get; private set; } = [];

    public int Connections { get; private set; }

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>What a meter would say, one number.</summary>
    public static byte[] Answer(DltFrame request, string identifier, decimal value)
    {
        var item = DltItems.Get(identifier);
        var data = new byte[item.Identifier.Length + item.Format.Bytes];
        item.Identifier.Write(data);
        item.Format.Encode(value, data.AsSpan(item.Identifier.Length));
        return new DltFrame(request.Address, (byte)(request.Control | DltControl.FromMeter), data).Encode(preamble: 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _running;
        _closing.Dispose();
    }

    private async Task RunAsync(Func<DltFrame, Func<byte[], Task>, Task> answer, CancellationToken ct)
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(ct);
                Connections++;
                served.Add(ServeAsync(client, answer, ct));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
        await Task.WhenAll(served);
    }

    private async Task ServeAsync(TcpClient client, Func<DltFrame, Func<byte[], Task>, Task> answer, CancellationToken ct)
    {
        using var owned = client;
        client.NoDelay = true;
        var (stream, decoder, buffer) = (client.GetStream(), new DltDecoder(), new byte[512]);
        try
        {
            while (await stream.ReadAsync(buffer, ct) is > 0 and var count)
            {
                LastHeard = buffer[..count];
                foreach (var request in decoder.Feed(buffer.AsSpan(0, count)))
                    await answer(request, bytes => stream.WriteAsync(bytes, ct).AsTask());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // One of us is gone.
        }
    }
}
