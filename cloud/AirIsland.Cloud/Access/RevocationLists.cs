using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Cloud.Access;

/// <summary>
/// The revocation lists of a PEM file, one behind the other, each of its own authority: a certificate is named by who issued it and its
/// serial number, because two authorities may give the same number. The lists' dates and signatures are not looked at.
/// </summary>
internal sealed class RevocationLists
{
    private readonly HashSet<(string Issuer, string Serial)> _revoked = [];

    /// <exception cref="CryptographicException">There is text and no list in it, or a list is not whole or cannot be read.</exception>
    public static RevocationLists Read(string text)
    {
        var lists = new RevocationLists();
        var rest = text.AsSpan();
        var count = 0;
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (rest[found.Label] is "X509 CRL")
            {
                lists.Add(Convert.FromBase64String(rest[found.Base64Data].ToString()));
                count++;
            }
            IsWhole(rest[..found.Location.Start]);
            rest = rest[found.Location.End..];
        }
        IsWhole(rest);
        return count > 0 || string.IsNullOrWhiteSpace(text) ? lists : throw new CryptographicException("no revocation list is in it");
    }

    public bool Contains(X509Certificate2 certificate) =>
        _revoked.Contains((Convert.ToHexString(certificate.IssuerName.RawData), Number(certificate.SerialNumberBytes.Span)));

    // Between blocks there may be words. Dashes are the beginning of a block that is only half written: whom it names must not pass.
    private static void IsWhole(ReadOnlySpan<char> between)
    {
        if (between.Contains("-----", StringComparison.Ordinal)) throw new CryptographicException("a list in it is not whole");
    }

    // RFC 5280, 5.1: version, signature algorithm, issuer, this update, next update, entries; the first and the last two may be missing.
    private void Add(byte[] der)
    {
        try
        {
            var list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (list.PeekTag() == Asn1Tag.Integer) list.ReadInteger();
            list.ReadSequence();
            var issuer = Convert.ToHexString(list.ReadEncodedValue().Span);
            while (list.HasData && (list.PeekTag() == Asn1Tag.UtcTime || list.PeekTag() == Asn1Tag.GeneralizedTime))
                list.ReadEncodedValue();
            if (!list.HasData || list.PeekTag() != Asn1Tag.Sequence) return;
            for (var entries = list.ReadSequence(); entries.HasData;)
                _revoked.Add((issuer, Number(entries.ReadSequence().ReadIntegerBytes().Span)));
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException($"a revocation list in it cannot be read: {e.Message}", e);
        }
    }

    private static string Number(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).TrimStart('0');
}
