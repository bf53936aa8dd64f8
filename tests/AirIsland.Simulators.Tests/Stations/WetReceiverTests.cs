using System.Reflection;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Treatment;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Tests.Stations;

/// <summary>The receiver that warms and dries holds the air that the network says.</summary>
public class WetReceiverTests
{
    [Theory]
    [InlineData(0, 20)]
    [InlineData(8, 20)]
    [InlineData(0, 2)]
    [InlineData(50, 2)]
    public void Its_heat_and_water_are_those_of_the_air_in_it_whatever_leaves_it(double holeMm, double wetReceiverM3)
    {
        var park = TestStations.Park();
        var station = new Station(park with
        {
            WetReceiverM3 = wetReceiverM3,
            Leaks = [.. park.Leaks, new() { Id = "seam", Place = Station.WetReceiver, DiameterMm = holeMm }],
        });
        var receiver = typeof(Treatment).GetField("_receiver", BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(station.Treatment)
            as Receiver ?? throw new InvalidOperationException("it has no receiver");
        for (var step = 0; step < 20_000; step++) station.Step(1);

        // The network is some seconds ahead: of 12 kg it lets 3 out in one.
        Assert.Equal(station.Wet.Kg, receiver.AirKg, 0.35 * station.Wet.Kg);
        Assert.InRange(station.Wet.Kelvin, 285, 330);
    }

    /// <summary>One machine at full load on a hole: the air is as warm as what it delivers, less what the wall gives to the room.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void A_steady_flow_brings_its_own_temperature(double wetReceiverM3)
    {
        var station = new Station(TestStations.Park() with
        {
            Compressors = [CompressorCatalogue.ScrewLoadUnload with { LoadBelowMPa = 0.7, UnloadAboveMPa = 0.8 }],
            WetReceiverM3 = wetReceiverM3,
            Branches = [],
            Leaks = [new() { Id = "open end", Place = Station.HeaderName, DiameterMm = 20 }],
        });
        for (var step = 0; step < 7200; step++) station.Step(1);

        var machine = station.Compressors[0];
        Assert.Equal(CompressorState.Loaded, machine.State);
        var room = station.Outdoor.Kelvin + station.Spec.RoomRiseKelvin;
        // q·c_p·(T_in − T) = m·c_v/τ·(T − T_room), W/K; τ is 300 s.
        var (flow, wall) = (machine.FlowKgPerSecond * 1005, station.Wet.Kg * 718 / 300);
        Assert.Equal((flow * machine.OutletKelvin + wall * room) / (flow + wall), station.Wet.Kelvin, 0.5);
    }

    [Fact]
    public void Air_that_comes_back_from_the_header_is_in_it()
    {
        var station = new Station(TestStations.Park() with { WetReceiverM3 = 3, DryReceiverM3 = 100 });
        for (var i = 0; i < station.Commands.Length; i++) station.Commands[i] = default;
        station.Treatment.Drain.Fault = DrainFault.StuckOpen;
        var receiver = typeof(Treatment).GetField("_receiver", BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(station.Treatment)
            as Receiver ?? throw new InvalidOperationException("it has no receiver");
        for (var step = 0; step < 20_000; step++) station.Step(1);

        Assert.Equal(station.Wet.Kg, receiver.AirKg, 0.2 * station.Wet.Kg);
    }
}
