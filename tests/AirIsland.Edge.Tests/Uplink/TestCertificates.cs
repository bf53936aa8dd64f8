using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirIsland.Edge.Uplink;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AirIsland.Edge.Tests.Uplink;

/// <summary>An authority of its own, a cloud's certificate of it, and edge certificates as files.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=test authority {Guid.NewGuid():n}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(Now.AddHours(-1), Now.AddDays(2));
        File.WriteAllText(_folder.File("ca.pem"), _authority.ExportCertificatePem());
        Issue("edge-1");
    }

    public UplinkTls Files => new() { Ca = _folder.File("ca.pem"), Certificate = _folder.File("edge.pem"), Key = _folder.File("edge.key") };

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Makes a key and a certificate of that name, and puts them in the place of those before; gives its serial number.</summary>
    public string Issue(string name)
    {
        using var made = Make(name, Now.AddMinutes(-30), Now.AddDays(1));
        File.WriteAllText(Files.Key, made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Files.Certificate, made.ExportCertificatePem());
        return made.SerialNumber;
    }

    /// <summary>A listener with a certificate for that host, which takes any certificate of an edge, or none.</summary>
    public Action<ListenOptions> Listening(string host = "127.0.0.1", bool isExpired = false) => listen =>
    {
        using var made = Make(host, Now.AddMinutes(-40), isExpired ? Now.AddMinutes(-20) : Now.AddDays(1));
        // Kestrel wants a key that lives as long as the listener.
        var shown = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        listen.UseHttps(https =>
        {
            https.ServerCertificate = shown;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = (_, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable;
        });
    };

    public void Write(string file, string text) => File.WriteAllText(_folder.File(file), text);

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Make(string name, DateTimeOffset from, DateTimeOffset to)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.Create(_authority, from, to, RandomNumberGenerator.GetBytes(8));
        return made.CopyWithPrivateKey(key);
    }
}
