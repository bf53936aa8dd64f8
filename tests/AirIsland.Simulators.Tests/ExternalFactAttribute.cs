namespace AirIsland.Simulators.Tests;

/// <summary>A test that needs programs of the machine; left out by name where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExternalFactAttribute : FactAttribute
{
    public ExternalFactAttribute(params string[] programs)
    {
        Programs = programs;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin");
        var missing = programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        if (missing.Count > 0) Skip = $"{string.Join(" and ", missing)} is not installed";
    }

    public IReadOnlyList<string> Programs { get; }
}
