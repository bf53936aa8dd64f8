namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

/// <summary>A fact that needs mosquitto and an npm package of tests/peers; without one of them the test is left out, saying why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodePackageFactAttribute : FactAttribute
{
    public NodePackageFactAttribute(string package)
    {
        Skip = new ExternalFactAttribute("mosquitto").Skip ?? new ExternalFactAttribute("node").Skip;
        if (!Directory.Exists(Path.Combine(NodeProcess.Folder, "node_modules", package)))
            Skip ??= $"{package} is not installed (npm ci in tests/peers)";
    }
}
