namespace AirIsland.Edge.Outbox;

/// <summary>The catalogue in use: its id (32 bytes) and the canonical bytes the id was taken of.</summary>
public sealed record CatalogueContent(byte[] Id, byte[] Canonical);
