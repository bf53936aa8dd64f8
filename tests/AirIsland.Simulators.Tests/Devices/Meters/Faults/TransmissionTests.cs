using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Tests.Devices.Meters.Faults;

public sealed class TransmissionTests
{
    private readonly Rigs _rigs = new();

    [Fact]
    public void A_wrong_clock_is_off_and_runs_away()
    {
        var meter = _rigs.FlowMeter();
        var instant = new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
        meter.Set("f", new MeterFault.ClockWrong(120, DriftSecondsPerDay: 24));
        Rigs.Run(3600, meter);

        Assert.Equal(instant.AddSeconds(121), meter.Transmission.Stamp(instant));
        meter.Clear("f");
        Assert.Equal(instant, meter.Transmission.Stamp(instant));
    }

    [Fact]
    public void Messages_can_come_twice_and_late()
    {
        var meter = _rigs.FlowMeter();
        meter.Set("twice", new MeterFault.Duplicating());
        meter.Set("late", new MeterFault.Late(90));

        Assert.Equal(new Transmission(true, 2, TimeSpan.FromSeconds(90), TimeSpan.Zero), meter.Transmission);
        meter.Clear("twice");
        meter.Clear("late");
        Assert.Equal(Transmission.InOrder, meter.Transmission);
    }
}
