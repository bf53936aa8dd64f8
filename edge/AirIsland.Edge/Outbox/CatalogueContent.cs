namespace AirIsland.Edge.Outbox;

/// <summary>The catalogue in use: its id (32 bytes) and the canonical bytes whose SHA-256 it is.</summary>
public sealed record CatalogueContent(byte[] Id, byte[] Canonical);
