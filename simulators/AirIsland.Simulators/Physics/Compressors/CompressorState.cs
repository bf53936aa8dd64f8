namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>What a compressor is doing. Names and numbers of OPC 40250-1.</summary>
public enum CompressorState
{
    Other = 0,
    Stopped = 1,
    Starting = 2,
    Stopping = 3,
    Unloaded = 4,
    Loading = 5,
    Unloading = 6,
    Loaded = 7,
}
