using System.Collections.Immutable;
using AirIsland.Domain.Stations;

namespace AirIsland.Web.Twin.Layout;

/// <summary>A station drawn: where each asset stands and how the pipes run. Pure data; the symbols draw it.</summary>
public sealed record Diagram(Station Station, DiagramSize Size)
{
    public ImmutableArray<Placed> Compressors { get; init; } = [];

    public ImmutableArray<Placed> Dryers { get; init; } = [];

    public ImmutableArray<Placed> Receivers { get; init; } = [];

    /// <summary>Where the header's instruments stand; null where the station has no header.</summary>
    public Placed? Header { get; init; }

    public ImmutableArray<Placed> Companies { get; init; } = [];

    public ImmutableArray<Pipe> Pipes { get; init; } = [];

    public IEnumerable<Placed> All => [.. Compressors, .. Dryers, .. Receivers, .. Header is null ? [] : new[] { Header }, .. Companies];
}
