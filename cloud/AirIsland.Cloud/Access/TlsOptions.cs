namespace AirIsland.Cloud.Access;

/// <summary>
/// Section <c>Cloud:Tls</c>: PEM files of the gRPC listener. They are read again with each connection, so new ones need no restart. A
/// relative path is relative to the working directory.
/// </summary>
public sealed class TlsOptions
{
    /// <summary>
    /// The cloud's certificate, then those between it and its authority. Empty: no TLS, and the listener stays on loopback.
    /// </summary>
    public string Certificate { get; set; } = "";

    /// <summary>Its private key, not encrypted: readable for the cloud only.</summary>
    public string Key { get; set; } = "";

    /// <summary>The authorities of the edges' certificates, with those between: roots are those that sign themselves.</summary>
    public string ClientCa { get; set; } = "";

    /// <summary>
    /// Revocation lists of those authorities, PEM, one behind the other; empty: none. Their dates and signatures are not looked at.
    /// </summary>
    public string Revoked { get; set; } = "";

    /// <summary>How often the certificate of a running stream is judged again. Default 1 min, 1 s to 1 h.</summary>
    public TimeSpan JudgeEvery { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsOn => Certificate.Length > 0;

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (IsOn && Key.Length == 0) yield return $"{section}:{nameof(Key)} is empty, {nameof(Certificate)} needs one";
        if (IsOn && ClientCa.Length == 0) yield return $"{section}:{nameof(ClientCa)} is empty: edges show certificates";
        if (!IsOn && Key.Length + ClientCa.Length + Revoked.Length > 0) yield return $"{section}:{nameof(Certificate)} is empty";
        if (JudgeEvery < TimeSpan.FromSeconds(1) || JudgeEvery > TimeSpan.FromHours(1))
            yield return $"{section}:{nameof(JudgeEvery)} {JudgeEvery} is not between 1 s and 1 h";
        if (!IsOn) yield break;
        using var files = TlsFiles.TryRead(this, out var fault);
        if (files is null) yield return $"{section}: {fault}";
    }
}
