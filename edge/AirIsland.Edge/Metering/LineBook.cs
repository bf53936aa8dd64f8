using System.Net;
using System.Text;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Edge.Metering;

/// <summary>
/// Where drivers get their lines: an address or port is only described, but gateways that dial in need a listener, which all of one port
/// share. Thread-safe.
/// </summary>
public sealed class LineBook : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, Port> _ports = new(StringComparer.Ordinal);

    /// <summary>
    /// From now on these are the lines of the site. A port whose gateways are the same goes on undisturbed; others are closed, or opened.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken or not ours; what was open before stays so.</exception>
    /// <exception cref="ArgumentException">Two gateways of a port cannot be told apart.</exception>
    public async Task ApplyAsync(IEnumerable<EndpointOptions> endpoints)
    {
        var wanted = endpoints
            .Select(e => (Address: LineAddress.TryParse(e.Address) as LineAddress.DialIn, Options: e))
            .Where(e => e.Address is not null)
            .GroupBy(e => e.Address!.Listen, e => GatewayOf(e.Address!, e.Options))
            .ToDictionary(g => $"{g.Key}", g => new Wanted(g.Key, [.. g.OrderBy(x => x.Name, StringComparer.Ordinal)]));
        await _turn.WaitAsync();
        try
        {
            foreach (var (place, port) in _ports.Where(p => !wanted.ContainsKey(p.Key)).ToArray())
            {
                _ports.Remove(place);
                await port.Listener.DisposeAsync();
            }
            foreach (var (place, port) in wanted) await OpenAsync(place, port);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The line of an endpoint; one that dials in must have been applied.</summary>
    /// <exception cref="FormatException">Its address is none.</exception>
    public ILineEndpoint Line(EndpointOptions endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return LineAddress.TryParse(endpoint.Address) switch
        {
            LineAddress.Tcp tcp => new TcpEndpoint(tcp.Host, tcp.Port),
            LineAddress.Serial serial => new SerialEndpoint(serial.Port)
            {
                Baud = endpoint.Baud,
                DataBits = endpoint.DataBits,
                Parity = endpoint.Parity,
                StopBits = endpoint.StopBits,
            },
            LineAddress.DialIn gateway => new DialInPlace(gateway.Name, () => DialIn(gateway)),
            _ => throw new FormatException($"'{endpoint.Address}' is no address of a line"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await ApplyAsync([]);
        _turn.Dispose();
    }

    /// <summary>The bytes of a text, or of hex after <c>0x</c>. Null when the hex is none; empty for null.</summary>
    internal static byte[]? BytesOf(string? text)
    {
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(text ?? "");
        try
        {
            return Convert.FromHexString(text.AsSpan(2));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task OpenAsync(string place, Wanted wanted)
    {
        var known = wanted.Gateways.Select(Content).ToArray();
        if (_ports.TryGetValue(place, out var port))
        {
            if (port.Gateways.SequenceEqual(known)) return;
            _ports.Remove(place);
            await port.Listener.DisposeAsync();
        }
        _ports[place] = new(DialInListener.Start(wanted.Listen, wanted.Gateways), known);
    }

    private ILineEndpoint? DialIn(LineAddress.DialIn gateway)
    {
        _turn.Wait();
        try
        {
            var port = _ports.GetValueOrDefault($"{gateway.Listen}");
            return port is not null && port.Has(gateway.Name) ? port.Listener.Line(gateway.Name) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static DialInGateway GatewayOf(LineAddress.DialIn address, EndpointOptions options) => new(address.Name)
    {
        Registration = BytesOf(options.Registration ?? address.Name),
        Heartbeat = BytesOf(options.Heartbeat),
    };

    private static string Content(DialInGateway g) =>
        $"{g.Name} {Convert.ToHexString(g.Registration.Span)} {Convert.ToHexString(g.Heartbeat.Span)}";

    private sealed record Wanted(IPEndPoint Listen, IReadOnlyCollection<DialInGateway> Gateways);

    private sealed record Port(DialInListener Listener, IReadOnlyList<string> Gateways)
    {
        public bool Has(string name) => Gateways.Any(g => g.StartsWith($"{name} ", StringComparison.Ordinal));
    }
}
