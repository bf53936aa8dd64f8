using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Cloud.Export;

/// <summary>
/// Whom an import trusts and who it is, where the cloud asks for certificates: PEM files, each null for none. Without <c>Ca</c> the
/// authorities count that the machine trusts.
/// </summary>
public sealed record ImportTrust(string? Ca, string? Certificate, string? Key)
{
    /// <exception cref="ImportException">A file cannot be used.</exception>
    public SocketsHttpHandler HandlerFor(Uri cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var handler = new SocketsHttpHandler { UseProxy = !cloud.IsLoopback };
        try
        {
            if (Ca is not null)
            {
                var policy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                policy.CustomTrustStore.ImportFromPemFile(Ca);
                handler.SslOptions.CertificateChainPolicy = policy;
            }
            if (Certificate is not null)
            {
                var own = X509Certificate2.CreateFromPemFile(Certificate, Key);
                handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true);
            }
            return handler;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            handler.Dispose();
            throw new ImportException($"the certificates cannot be used: {e.Message}", e);
        }
    }
}
