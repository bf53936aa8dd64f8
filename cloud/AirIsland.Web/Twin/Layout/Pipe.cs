using System.Collections.Immutable;

namespace AirIsland.Web.Twin.Layout;

/// <summary>
/// One piece of pipe as an SVG path, drawn in the direction of the air. <see cref="Casing"/> is its outer width. Either meters tell its
/// flow (<see cref="FlowTags"/>, summed, against <see cref="Capacity"/> in m³/min), or it only shows whether one of the machines
/// behind <see cref="StateTags"/> delivers: a leg without a meter never pretends to know a flow.
/// </summary>
public sealed record Pipe(string Path, double Casing)
{
    public ImmutableArray<string> FlowTags { get; init; } = [];

    public ImmutableArray<string> StateTags { get; init; } = [];

    /// <summary>Null where the station does not say: the pipe then shows presence and direction only.</summary>
    public double? Capacity { get; init; }
}
