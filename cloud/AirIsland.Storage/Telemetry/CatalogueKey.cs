namespace AirIsland.Storage.Telemetry;

/// <summary>Id of a tag catalogue: the SHA-256 of its canonical bytes, lower-case hex.</summary>
public readonly record struct CatalogueKey(string Hex)
{
    public static CatalogueKey Of(ReadOnlySpan<byte> id) => new(Convert.ToHexStringLower(id));

    public override string ToString() => Hex;
}
