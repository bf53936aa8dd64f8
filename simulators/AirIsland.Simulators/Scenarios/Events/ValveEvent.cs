using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics.Network;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>A valve in a pipe sticks at an opening, whatever is wanted.</summary>
public sealed record ValveEvent : ScenarioEvent
{
    /// <summary>Id of a pipe: <c>lifode pipe</c>, <c>header to east</c>.</summary>
    public required string Pipe { get; init; }

    /// <summary>Share of the section that is open: 0 shut, 1 open.</summary>
    public required double Opening { get; init; }

    internal override IEnumerable<string> Holds => [$"valve of '{Pipe}'"];

    internal override Action<double> Bind(MeteredStation plant)
    {
        var links = plant.Station.Network.Links;
        var link = links.FirstOrDefault(l => l.Id == Pipe)
            ?? throw new ArgumentException($"{Name}: there is no pipe '{Pipe}'; there are {string.Join(", ", links.Select(l => l.Id))}");
        if (Opening is not (0 or >= Link.LeastOpening and <= 1))
            throw new ArgumentException($"{Name}: opening {Opening} is not from 0 to 1, or is between 0 and {Link.LeastOpening}");
        var before = link.Opening;
        return size => link.Opening = size > 0 ? Opening : before;
    }
}
