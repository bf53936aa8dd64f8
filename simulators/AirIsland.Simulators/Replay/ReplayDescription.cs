using System.Text.Json.Serialization;
using AirIsland.Simulators.Devices.Mqtt;

namespace AirIsland.Simulators.Replay;

/// <summary>A replay as its JSON file describes it: which file, which column is which point of which device, and how fast.</summary>
public sealed record ReplayDescription
{
    /// <summary>The table; a relative path begins at the description's directory. Empty when it comes with the command line.</summary>
    public string File { get; init; } = "";

    public TableFormat Format { get; init; }

    /// <summary>CSV: what separates two cells, one character; <c>\t</c> is a tabulator.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>CSV: name of the encoding where no byte order mark says it, e.g. <c>gb18030</c>.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>CSV: what stands before the fraction of a number, <c>.</c> or <c>,</c>.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>CSV: lines before the one with the column names.</summary>
    public int SkipLines { get; init; }

    /// <summary>Cells that mean "not measured", in any case, besides the empty one.</summary>
    public IReadOnlyList<string> Missing { get; init; } = ["NaN", "NA", "N/A", "null"];

    [JsonRequired]
    public ReplayTime Time { get; init; } = new();

    public GapRule Gaps { get; init; }

    /// <summary>Rows before it are passed over. ISO 8601; without an offset it is of the time column's zone. Null: the first row.</summary>
    public string? Begin { get; init; }

    public ReplaySpeed Speed { get; init; } = ReplaySpeed.Real;

    public ReplayEnd End { get; init; }

    public ReplayStamp Timestamps { get; init; }

    public BrokerOptions Broker { get; init; } = new();

    [JsonRequired]
    public IReadOnlyList<ReplayDevice> Devices { get; init; } = [];
}
