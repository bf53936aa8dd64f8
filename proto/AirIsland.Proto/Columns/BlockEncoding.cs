namespace AirIsland.Proto.Columns;

/// <summary>How a payload's bytes are written. The numbers equal <c>Encoding</c> of telemetry.proto.</summary>
public enum BlockEncoding
{
    Plain = 1,
    Zstd = 2,
}
