namespace AirIsland.Architecture.Tests.Compose;

/// <summary>A fact that needs Compose, as docker's plug-in or as a program of its own; without either it is left out, saying why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ComposeFactAttribute : FactAttribute
{
    private static readonly string[] Plugins =
        ["/usr/libexec/docker/cli-plugins", "/usr/lib/docker/cli-plugins", "/usr/local/lib/docker/cli-plugins"];

    public ComposeFactAttribute()
    {
        if (Program is null) Skip = "neither docker-compose nor docker's plug-in compose is installed";
    }

    public static string? Program => Find("docker-compose") ?? (HasPlugin ? Find("docker") : null);

    public static string[] Words => Find("docker-compose") is null ? ["compose"] : [];

    private static bool HasPlugin => Plugins.Any(p => File.Exists(Path.Combine(p, "docker-compose")));

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);
}
