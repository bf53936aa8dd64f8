using System.Text.RegularExpressions;

namespace AirIsland.Architecture.Tests.Compose;

/// <summary>
/// No container engine runs here, so that the files of the deployment are held against the projects: every service, port, volume, mounted
/// file, stage and setting by name.
/// </summary>
internal static partial class ComposeRule
{
    /// <summary>Which options class a setting's first word means, where a service may be configured through its environment.</summary>
    private static readonly Dictionary<string, (string Stage, string Folder, string Options)> Sections = new(StringComparer.Ordinal)
    {
        ["Cloud"] = ("cloud", "cloud/", "CloudOptions"),
        ["Edge"] = ("edge", "edge/", "EdgeOptions"),
    };

    public static IEnumerable<string> Mistakes(
        ComposeFile compose, string dockerfile, IReadOnlyList<SourceFile> files, Func<string, bool> exists)
    {
        foreach (var service in compose.Services)
        {
            foreach (var mistake in Ports(compose, service).Concat(Places(compose, service, exists)).Concat(Names(compose, service)))
                yield return $"{service}: {mistake}";
            foreach (var mistake in Settings(compose, service, new(files))) yield return $"{service}: {mistake}";
            if (service != "pki" && compose.HealthTest(service).Count == 0) yield return $"{service}: no health check";
            if (compose.Target(service) is { } target && !Stages(dockerfile).Contains(target))
                yield return $"{service}: no stage '{target}'";
        }
        var mounted = compose.Services.SelectMany(s => compose.List(s, "volumes")).Select(m => m.Split(':')[0]).ToHashSet();
        foreach (var unused in compose.Volumes.Where(v => !mounted.Contains(v))) yield return $"volume {unused} is mounted nowhere";
    }

    /// <summary>What a Dockerfile says of projects that are not there, or are called otherwise.</summary>
    public static IEnumerable<string> Mistakes(string dockerfile, Func<string, bool> exists)
    {
        var published = Publish().Matches(dockerfile).ToDictionary(m => m.Groups["out"].Value, m => m.Groups["project"].Value);
        foreach (var project in published.Values)
            if (!exists($"{project}/{project.Split('/')[^1]}.csproj")) yield return $"{project} is no project";
        foreach (Match stage in Stage().Matches(dockerfile))
        {
            var (folder, dll) = (stage.Groups["out"].Value, stage.Groups["dll"].Value);
            if (!published.TryGetValue(folder, out var project)) yield return $"/out/{folder} is not published";
            else if ($"{project.Split('/')[^1]}.dll" != dll) yield return $"{dll} is not of {project}";
        }
        if (!dockerfile.Contains("USER $APP_UID", StringComparison.Ordinal)) yield return "the images run as root";
    }

    private static IEnumerable<string> Ports(ComposeFile compose, string service)
    {
        foreach (var port in compose.List(service, "ports"))
        {
            if (Published().Match(port) is not { Success: true } match) yield return $"port {port} is published beyond 127.0.0.1";
            else if (compose.Services.Any(s => s != service && compose.List(s, "ports").Any(p => p.Split(':')[1] == match.Groups[1].Value)))
                yield return $"port {match.Groups[1].Value} of this machine is published twice";
        }
        // A service in the network of another publishes nothing itself.
        if (compose.Text(service, "network_mode") is not null && compose.List(service, "ports").Count > 0)
            yield return "ports, in another's network";
    }

    private static IEnumerable<string> Places(ComposeFile compose, string service, Func<string, bool> exists)
    {
        foreach (var mount in compose.List(service, "volumes").Select(m => m.Split(':')[0]))
        {
            if (mount.StartsWith("./", StringComparison.Ordinal) ? !exists(mount[2..]) : !compose.Volumes.Contains(mount))
                yield return $"there is no {mount}";
        }
    }

    private static IEnumerable<string> Names(ComposeFile compose, string service)
    {
        var meant = compose.List(service, "depends_on");
        if (compose.Text(service, "network_mode") is { } mode) meant = [.. meant, mode.Replace("service:", "", StringComparison.Ordinal)];
        foreach (var (name, value) in compose.Environment(service))
            meant = [.. meant, .. Host().Matches(value).Select(m => m.Groups[1].Value)];
        return meant.Where(m => !compose.Services.Contains(m)).Select(m => $"there is no service {m}");
    }

    private static IEnumerable<string> Settings(ComposeFile compose, string service, SettingNames settings)
    {
        foreach (var name in compose.Environment(service).Keys.Where(n => n.Contains("__", StringComparison.Ordinal)))
        {
            var path = name.Split("__");
            if (!Sections.TryGetValue(path[0], out var section)) yield return $"{name}: no section {path[0]}";
            else if (compose.Text(service, "image") != $"airisland/{section.Stage}") yield return $"{name} is not of this image";
            else if (!settings.Exists(section.Folder, section.Options, path[1..])) yield return $"{name}: there is no such setting";
        }
    }

    private static HashSet<string> Stages(string dockerfile) => [.. Named().Matches(dockerfile).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^127\.0\.0\.1:(\d+):(\d+)$")]
    private static partial Regex Published();

    [GeneratedRegex(@"(?:https?://|Host=)([a-z][a-z0-9-]*)")]
    private static partial Regex Host();

    [GeneratedRegex(@"dotnet publish (?<project>\S+) .*-o /out/(?<out>\S+)")]
    private static partial Regex Publish();

    [GeneratedRegex(@"COPY --from=build /out/(?<out>\S+) \.\s+ENTRYPOINT \[""dotnet"", ""(?<dll>[^""]+)""\]")]
    private static partial Regex Stage();

    [GeneratedRegex(@"^FROM \S+ AS (\S+)", RegexOptions.Multiline)]
    private static partial Regex Named();
}
