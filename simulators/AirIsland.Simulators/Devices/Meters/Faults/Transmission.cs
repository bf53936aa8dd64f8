namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>What happens now to what a device sends.</summary>
/// <param name="Answers">Whether it answers or sends at all.</param>
/// <param name="Copies">How often each message comes; 1 in order.</param>
/// <param name="Delay">How much later than its time stamp a message leaves.</param>
/// <param name="ClockError">What its time stamps are ahead of the plant.</param>
public readonly record struct Transmission(bool Answers, int Copies, TimeSpan Delay, TimeSpan ClockError)
{
    public static readonly Transmission InOrder = new(true, 1, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The time stamp that the device puts on what it sends at that instant of the plant.</summary>
    public DateTimeOffset Stamp(DateTimeOffset instant) => instant + ClockError;
}
