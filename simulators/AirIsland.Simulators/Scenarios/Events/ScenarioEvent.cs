using System.Text.Json.Serialization;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>
/// Something that happens to a station, as it stands in a scenario and in its truth file. A closed set. Times count from the
/// scenario's start and are written <c>d.hh:mm:ss</c>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LeakEvent), "leak")]
[JsonDerivedType(typeof(WearEvent), "wear")]
[JsonDerivedType(typeof(FilterEvent), "filter")]
[JsonDerivedType(typeof(DryerEvent), "dryer")]
[JsonDerivedType(typeof(DrainEvent), "drain")]
[JsonDerivedType(typeof(ValveEvent), "valve")]
[JsonDerivedType(typeof(TripEvent), "trip")]
[JsonDerivedType(typeof(CoolingEvent), "cooling")]
[JsonDerivedType(typeof(MainsEvent), "mains")]
[JsonDerivedType(typeof(MeterEvent), "meter")]
[JsonDerivedType(typeof(NetworkEvent), "network")]
public abstract record ScenarioEvent
{
    /// <summary>What the truth file calls it; once in a scenario.</summary>
    public required string Name { get; init; }

    public required TimeSpan From { get; init; }

    /// <summary>When it is over and put right; null: it lasts.</summary>
    public TimeSpan? To { get; init; }

    /// <summary>How long it takes to grow to its full size; at once by default.</summary>
    public TimeSpan Over { get; init; }

    /// <summary>Whether it has sizes between nothing and all.</summary>
    [JsonIgnore]
    public virtual bool CanGrow => false;

    /// <summary>What it changes and puts back when it is over: only one event at a time may do so.</summary>
    internal virtual IEnumerable<string> Holds => [];

    /// <summary>Finds what it is about, and gives what sets its size: 0 as before, up to 1 in full.</summary>
    /// <exception cref="ArgumentException">The station has no such thing, or it cannot be so.</exception>
    internal abstract Action<double> Bind(MeteredStation plant);

    /// <summary>Running totals by name whose growth while it lasts belongs to its truth.</summary>
    internal virtual IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant) => [];
}
