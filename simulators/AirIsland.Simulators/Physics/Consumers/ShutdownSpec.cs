namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>Days on which no shift begins: a revision, a works holiday. Both days are free. JSON-bindable.</summary>
public sealed record ShutdownSpec
{
    public DateOnly First { get; init; }

    public DateOnly Last { get; init; }
}
