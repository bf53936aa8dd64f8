namespace AirIsland.Fieldbus.Tests;

/// <summary>A test against programs that are not ours; left out by name and reason where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExternalFactAttribute : FactAttribute
{
    public ExternalFactAttribute(params string[] programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        if (missing.Count > 0)
            Skip = $"{string.Join(" and ", missing)} is not installed";
    }
}
