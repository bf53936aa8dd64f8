namespace AirIsland.Domain.Stations;

/// <summary>What an asset is, in the words of OPC 40250-1.</summary>
public enum AssetKind
{
    Station,
    Compressor,
    Dryer,
    Receiver,
    Airnet,
    CustomerDistributionPoint,
    Meter,
}
