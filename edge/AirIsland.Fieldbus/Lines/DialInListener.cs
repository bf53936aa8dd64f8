using System.Net;
using System.Net.Sockets;

namespace AirIsland.Fieldbus.Lines;

/// <summary>
/// Where gateways dial in that cannot be dialled: each says who it is with its first bytes and is then a line like any other. A gateway
/// that comes a second time takes the place of its first connection. Who says nothing known is sent away.
/// </summary>
public sealed class DialInListener : IAsyncDisposable
{
    // Room for what a gateway says at once: its registration and a few heartbeats behind it.
    private const int MaxRegistration = 256;
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, DialInEndpoint> _gateways;
    private readonly TcpAcceptor _acceptor;
    private long _refused;
    private long _replaced;

    private DialInListener(IPEndPoint endpoint, IEnumerable<DialInGateway> gateways)
    {
        _gateways = gateways.ToDictionary(g => g.Name, g => new DialInEndpoint(g));
        _acceptor = TcpAcceptor.Start(endpoint, RegisterAsync, _ => true);
    }

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint Endpoint => _acceptor.Endpoint;

    /// <summary>Connections sent away, because they did not say who they are, or said nothing known.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Connections that a second one of the same gateway took the place of while they still seemed open.</summary>
    public long Replaced => Interlocked.Read(ref _replaced);

    /// <summary>Heartbeats dropped, of all gateways.</summary>
    public long Heartbeats => _gateways.Values.Sum(g => g.Heartbeats);

    /// <summary>Listens at once. Port 0 takes a free one.</summary>
    /// <exception cref="ArgumentException">
    /// Two gateways have one name, or cannot be told apart by what they say, or one says more than 256 bytes.
    /// </exception>
    /// <exception cref="SocketException">The endpoint is taken or not ours.</exception>
    public static DialInListener Start(IPEndPoint endpoint, IReadOnlyCollection<DialInGateway> gateways)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(gateways);
        foreach (var gateway in gateways)
        {
            if (gateway.Registration.Length > MaxRegistration || gateway.Heartbeat.Length > MaxRegistration)
                throw new ArgumentException($"{gateway.Name} says more than {MaxRegistration} bytes", nameof(gateways));
            var alike = gateways.FirstOrDefault(
                g => !ReferenceEquals(g, gateway) && g.Registration.Span.StartsWith(gateway.Registration.Span));
            if (alike is not null)
                throw new ArgumentException($"{gateway.Name} and {alike.Name} cannot be told apart by how they begin", nameof(gateways));
        }

        return new DialInListener(endpoint, gateways);
    }

    /// <summary>The line of a gateway, there or not. Not closed by who uses it, but with the listener.</summary>
    /// <exception cref="KeyNotFoundException">There is no gateway of that name.</exception>
    public ILineEndpoint Line(string gateway) => _gateways[gateway];

    public async ValueTask DisposeAsync()
    {
        await _acceptor.DisposeAsync().ConfigureAwait(false);
        foreach (var gateway in _gateways.Values)
            gateway.Dispose();
    }

    private async Task RegisterAsync(TcpLine connection, CancellationToken ct)
    {
        var heard = new byte[2 * MaxRegistration];
        var length = 0;
        var gateway = Known(default);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(RegistrationTimeout);
        try
        {
            while (gateway is null && MayBecomeKnown(heard.AsSpan(0, length)))
            {
                var received = await connection.ReceiveAsync(heard.AsMemory(length), deadline.Token).ConfigureAwait(false);
                if (received == 0)
                    break;
                length += received;
                gateway = Known(heard.AsSpan(0, length));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // Too late, or gone before it had said who it is.
        }

        Settle(connection, gateway, heard.AsSpan(0, length));
    }

    private void Settle(TcpLine connection, DialInEndpoint? gateway, ReadOnlySpan<byte> heard)
    {
        if (gateway is null)
        {
            Interlocked.Increment(ref _refused);
            connection.Dispose();
        }
        else if (gateway.Attach(connection, heard[gateway.Gateway.Registration.Length..]))
        {
            Interlocked.Increment(ref _replaced);
        }
    }

    private DialInEndpoint? Known(ReadOnlySpan<byte> heard)
    {
        foreach (var endpoint in _gateways.Values)
        {
            if (heard.StartsWith(endpoint.Gateway.Registration.Span))
                return endpoint;
        }

        return null;
    }

    private bool MayBecomeKnown(ReadOnlySpan<byte> heard)
    {
        foreach (var endpoint in _gateways.Values)
        {
            if (endpoint.Gateway.Registration.Span.StartsWith(heard))
                return true;
        }

        return false;
    }
}
