namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>What a message of an edge node (N) or of a device behind it (D) is: birth, data, death, or a command to it.</summary>
public enum SparkplugVerb
{
    NBirth,
    NData,
    NDeath,
    NCmd,
    DBirth,
    DData,
    DDeath,
    DCmd,
}
