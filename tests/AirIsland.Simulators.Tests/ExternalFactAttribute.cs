namespace AirIsland.Simulators.Tests;

/// <summary>A test that needs a program of the machine; left out by name where that is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExternalFactAttribute : FactAttribute
{
    public ExternalFactAttribute(string program)
    {
        Program = program;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin");
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program)))) Skip = $"{program} is not installed";
    }

    public string Program { get; }
}
