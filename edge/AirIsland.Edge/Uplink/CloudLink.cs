using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Uplink;

/// <summary>
/// Opens connections to the cloud, with the certificates as they are at that moment. Each conversation gets its own: a half-open one
/// must not be taken again. Of several addresses one is used until it fails. Used by one task at a time.
/// </summary>
internal sealed partial class CloudLink(IReadOnlyList<Uri> clouds, UplinkOptions options, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private LinkCertificates? _certificates;
    private string? _fault;
    private int _turn;

    /// <summary>The address of the next connection.</summary>
    public Uri Cloud => clouds[_turn];

    private bool IsSecure => Cloud.Scheme == Uri.UriSchemeHttps;

    /// <exception cref="IOException">The certificates cannot be read, and never could.</exception>
    public GrpcChannel Open()
    {
        var handler = new SocketsHttpHandler
        {
            // A proxy variable in the environment would catch loopback traffic too.
            UseProxy = false,
            ConnectTimeout = options.AcknowledgeWithin,
            KeepAlivePingDelay = options.KeepAlive,
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        if (IsSecure)
        {
            Read();
            handler.SslOptions = (_certificates ?? throw new IOException(_fault)).Secure();
        }
        return GrpcChannel.ForAddress(Cloud, new GrpcChannelOptions { DisposeHttpClient = true, HttpHandler = handler });
    }

    /// <summary>The conversation failed: the next connection goes to the next address.</summary>
    public void Turn() => _turn = (_turn + 1) % clouds.Count;

    /// <summary>Completes when there are other certificates than those of the last connection.</summary>
    public async Task CertificatesChangedAsync(CancellationToken cancellationToken)
    {
        if (!IsSecure || options.Tls.IsEmpty) await Task.Delay(Timeout.Infinite, cancellationToken);
        do await Task.Delay(Look, cancellationToken);
        while (!Read());
    }

    /// <summary>Why a connection may have failed, as far as the certificates can tell.</summary>
    public string Remark => _certificates is { } certificates ? $" ({certificates})" : "";

    public void Dispose() => _certificates?.Dispose();

    /// <summary>
    /// True when the files hold something new that can be used. Otherwise what was read before stays in use: a file may be half-written.
    /// </summary>
    private bool Read()
    {
        if (LinkCertificates.TryRead(options.Tls, out var fault) is not { } read)
        {
            if (_certificates is not null && _fault != fault) LogKept(logger, fault);
            _fault = fault;
            return false;
        }
        _fault = null;
        if (read.Texts == _certificates?.Texts)
        {
            read.Dispose();
            return false;
        }
        if (_certificates is not null) LogChanged(logger, read);
        _certificates?.Dispose();
        _certificates = read;
        return true;
    }
}
