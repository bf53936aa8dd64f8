namespace AirIsland.Fieldbus.Tests;

/// <summary>A test against packages of Debian's Python; left out by name and reason where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonPeerFactAttribute : FactAttribute
{
    private static readonly string[] Folders = ["/usr/lib/python3/dist-packages", "/usr/local/lib/python3/dist-packages"];

    public PythonPeerFactAttribute(params string[] modules)
    {
        var missing = modules.Where(module => !Folders.Any(folder => Path.Exists(Path.Combine(folder, module)))).ToList();
        if (missing.Count > 0)
            Skip = $"python3's {string.Join(" and ", missing)} is not installed";
    }
}
