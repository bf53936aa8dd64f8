using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>The field meters of a station by their ids: where a scenario switches faults, a swap of two meters among them.</summary>
public sealed class MeterBank
{
    private readonly Dictionary<string, FieldMeter> _byId = [];
    private readonly List<FieldMeter> _meters = [];

    /// <summary>In the order in which they were fitted.</summary>
    public IReadOnlyList<FieldMeter> Meters => _meters;

    /// <exception cref="ArgumentException">There is no such meter.</exception>
    public FieldMeter this[string id] =>
        _byId.TryGetValue(id, out var meter) ? meter : throw new ArgumentException($"there is no meter '{id}'", nameof(id));

    /// <summary>The meter of that id; null when there is none.</summary>
    public FieldMeter? Find(string id) => _byId.GetValueOrDefault(id);

    /// <exception cref="ArgumentException">A meter of that id is fitted already.</exception>
    public FieldMeter Fit(FieldMeter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _byId.Add(meter.Id, meter);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>Lets the meters follow the plant after a step of that length.</summary>
    public void Advance(TimeSpan dt)
    {
        foreach (var meter in _meters) meter.Advance(dt);
    }

    /// <summary>Time passes and nothing flows.</summary>
    public void Stand(TimeSpan dt)
    {
        foreach (var meter in _meters) meter.Stand(dt);
    }

    /// <summary>Switches a fault on under a name; one that is on under it is cleared first.</summary>
    /// <exception cref="ArgumentException">There is no such meter or point.</exception>
    public void Set(string id, string name, MeterFault fault)
    {
        if (fault is MeterFault.Swapped swapped) FieldMeter.Swap(name, this[id], this[swapped.With]);
        else this[id].Set(name, fault);
    }

    /// <summary>Switches it off; false when none of that name is on.</summary>
    /// <exception cref="ArgumentException">There is no such meter.</exception>
    public bool Clear(string id, string name) => this[id].Clear(name);
}
