namespace AirIsland.Cloud;

/// <summary>Where telemetry and ledger are.</summary>
public enum StoreKind
{
    /// <summary>SQLite files of one process.</summary>
    Embedded,

    /// <summary>SQLite files of one process, and an InfluxDB that has the levels.</summary>
    InfluxDb,

    /// <summary>A PostgreSQL, which several processes may share.</summary>
    Postgres,
}
