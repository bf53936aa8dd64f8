using System.Collections.Immutable;
using AirIsland.Demo.Summary;

namespace AirIsland.Demo;

/// <summary>
/// What the demo was asked to do. <see cref="Duration"/> is real time; <see cref="Speed"/> is station seconds per real second.
/// </summary>
public sealed record DemoOptions(string Data, double Speed, TimeSpan? Duration, bool Summary, ImmutableArray<PlannedKill> Kills)
{
    /// <summary>Whether the ports are free ones instead of the usual ones.</summary>
    public bool FreePorts { get; init; }

    /// <summary>Set in a child process: which part it is.</summary>
    public DemoRole Role { get; init; }

    /// <summary>The clock that a child shares with its parent: where station time starts, and at which real instant.</summary>
    public (DateTimeOffset Start, DateTimeOffset Origin)? Clock { get; init; }

    /// <summary>Settings for the parts, as their command lines take them; a child gets all of its own this way.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];
}
