using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Cloud.Tests.Access;

/// <summary>Certificates that no authority of ours would issue.</summary>
internal static class TestEdges
{
    /// <summary>Writes an edge's certificate of that serial number into the directory of a test authority, signed by it.</summary>
    public static void Issue(string directory, string edge, ReadOnlyMemory<byte> serial)
    {
        using var authority = X509Certificate2.CreateFromPemFile(Path.Combine(directory, "ca.pem"), Path.Combine(directory, "ca.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={edge}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.Create(authority, TlsCloud.Now.AddMinutes(-1), TlsCloud.Now.AddDays(1), serial.Span);
        File.WriteAllText(Path.Combine(directory, $"{edge}.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(directory, $"{edge}.pem"), certificate.ExportCertificatePem());
    }
}
