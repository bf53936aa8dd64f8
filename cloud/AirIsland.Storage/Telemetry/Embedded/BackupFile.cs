namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>A file of a backup: name, bytes, SHA-256 in hex, and SQLite's count of its schema's changes.</summary>
public sealed record BackupFile(string Name, long Bytes, string Sha256, long SchemaVersion);
