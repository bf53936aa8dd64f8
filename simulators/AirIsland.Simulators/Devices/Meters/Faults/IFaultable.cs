namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>
/// What can be made to fail, and to work again, between two steps of the plant. Under the plant's lock only. Faults of different kinds
/// may be on together; registers that were changed by several are to be cleared last in, first out.
/// </summary>
public interface IFaultable
{
    /// <summary>Faults that are on, oldest first.</summary>
    IReadOnlyList<ActiveFault> Faults { get; }

    Transmission Transmission { get; }

    /// <summary>The whole truth about its errors now.</summary>
    MeterTruth Truth { get; }

    /// <summary>Switches a fault on under a name; one that is on under it is cleared first.</summary>
    /// <exception cref="ArgumentException">It does not fit: a point that is not there, a swap without a second meter.</exception>
    void Set(string name, MeterFault fault);

    /// <summary>Switches it off; false when none of that name is on.</summary>
    bool Clear(string name);
}
