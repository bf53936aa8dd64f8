using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Replay;

/// <summary>The column that says when a row was measured.</summary>
public sealed record ReplayTime
{
    [JsonRequired]
    public string Column { get; init; } = "";

    /// <summary>
    /// <c>iso</c>, <c>unix-s</c>, <c>unix-ms</c>, or a pattern such as <c>M/d/yyyy H:mm</c>. Parquet timestamps are <c>iso</c>.
    /// </summary>
    public string Format { get; init; } = "iso";

    /// <summary>Where a clock without an offset hangs: <c>+08:00</c>, <c>UTC</c> or a tz name such as <c>Asia/Shanghai</c>.</summary>
    public string? Zone { get; init; }
}
