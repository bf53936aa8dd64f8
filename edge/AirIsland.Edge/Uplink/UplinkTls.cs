namespace AirIsland.Edge.Uplink;

/// <summary>
/// The PEM files of a link with TLS; a relative path is relative to the working directory. They are read again whenever they change.
/// </summary>
public sealed record UplinkTls
{
    /// <summary>Authorities that may have signed the cloud's certificate; empty: those that the machine trusts.</summary>
    public string Ca { get; init; } = "";

    /// <summary>This edge's certificate, then those between it and the authority. Its name is the edge's id.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The certificate's private key, not encrypted: readable for the edge only.</summary>
    public string Key { get; init; } = "";

    public bool IsEmpty => Ca.Length + Certificate.Length + Key.Length == 0;

    /// <summary>Every mistake in it, each named by its setting. The files are not read.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (Certificate.Length > 0 && Key.Length == 0) yield return $"{section}:{nameof(Key)} is empty, {nameof(Certificate)} needs one";
        if (Key.Length > 0 && Certificate.Length == 0) yield return $"{section}:{nameof(Certificate)} is empty, {nameof(Key)} needs one";
    }

    /// <summary>
    /// What is wrong with the files for the edge of that id; nothing when they can be used. Whether they are in date is not asked.
    /// </summary>
    public IEnumerable<string> FileMistakes(string section, string edge)
    {
        using var certificates = LinkCertificates.TryRead(this, out var fault);
        if (certificates is null) yield return $"{section}: {fault}";
        else if (certificates.Own is { } own && !certificates.Names(edge))
            yield return $"{section}:{nameof(Certificate)} is of '{own.GetNameInfo(default, false)}', not of edge '{edge}'";
    }
}
