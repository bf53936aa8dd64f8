namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>Which of InfluxDB's three HTTP interfaces a server speaks.</summary>
public enum InfluxDbVersion
{
    /// <summary>1.x: <c>/write</c> and <c>/query</c>, a database, user and password.</summary>
    V1 = 1,

    /// <summary>2.x: <c>/api/v2/write</c> and the 1.x compatible <c>/query</c>, a bucket of an organisation, a token.</summary>
    V2 = 2,

    /// <summary>3.x: <c>/api/v3/write_lp</c> and <c>/api/v3/query_influxql</c>, a database, a token.</summary>
    V3 = 3,
}
