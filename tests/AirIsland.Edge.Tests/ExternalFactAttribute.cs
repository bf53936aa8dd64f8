namespace AirIsland.Edge.Tests;

/// <summary>A fact that needs a program of the machine; without it the test is left out, saying why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExternalFactAttribute : FactAttribute
{
    public ExternalFactAttribute(string program)
    {
        if (Find(program) is null) Skip = $"{program} is not installed";
    }

    /// <summary>Full path of a program, also of those in the directories for administrators.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);
}
