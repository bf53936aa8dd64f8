using System.Collections.Immutable;

namespace AirIsland.Demo.Summary;

/// <summary>A part of the chain to be killed without warning, that long (real time) after the plant started.</summary>
public sealed record PlannedKill(DemoRole Part, TimeSpan After)
{
    /// <exception cref="FormatException">The text is not <c>edge:10s,cloud:20s</c>.</exception>
    public static ImmutableArray<PlannedKill> Parse(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [.. text.Split(',').Select(One).OrderBy(k => k.After)];

    private static PlannedKill One(string text)
    {
        var parts = text.Split(':');
        return parts is [var part, var after] && Enum.TryParse<DemoRole>(part, ignoreCase: true, out var role) && role != DemoRole.All
            ? new(role, DurationText.Parse("--kill", after))
            : throw new FormatException($"--kill {text}: edge:10s or cloud:20s is wanted");
    }
}
