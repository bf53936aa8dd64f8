using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests;

/// <summary>A test against an npm package of tests/peers; left out by name and reason where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodePeerFactAttribute : FactAttribute
{
    public NodePeerFactAttribute(string package)
    {
        if (PeerProcess.Folder is not { } folder || !Directory.Exists(Path.Combine(folder, "node_modules", package)))
            Skip = $"{package} is not installed (npm ci in tests/peers)";
    }

    /// <summary>A program that is needed beside it.</summary>
    public string? Program
    {
        get;
        set
        {
            field = value;
            Skip ??= value is null ? null : new ExternalFactAttribute(value).Skip;
        }
    }
}
