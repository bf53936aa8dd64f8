namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// Something wrong in a file of the store: file name, table, row as its key, hour (since 1970 UTC) where there is one, and what.
/// </summary>
public sealed record StoreFault(string File, string Table, string Row, long? Hour, string What);
