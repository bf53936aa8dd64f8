namespace AirIsland.Simulators.Replay;

/// <summary>How the file of a replay is written.</summary>
public enum TableFormat
{
    /// <summary>By the file's ending: <c>.parquet</c>, everything else is CSV.</summary>
    ByName,
    Csv,
    Parquet,
}
