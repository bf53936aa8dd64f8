using System.Text.Json;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;
using AirIsland.Simulators.Devices.Meters.Registers;

namespace AirIsland.Simulators.Tests.Devices.Meters;

public sealed class SpecBindingTests
{
    [Fact]
    public void Specs_are_read_from_json_and_leave_out_what_is_usual()
    {
        var spec = Read<MeterSpec>("""{"Class":"1.5+0.3FS","High":80,"CutOff":0.2,"Resolution":0.01,"ResponseSeconds":3}""");
        var register = Read<RegisterSpec>("""{"Kind":"Bcd","Digits":6,"Resolution":0.1}""");
        var design = Read<FlowMeterDesign>(
            """{"Principle":"Velocity","Compensation":"FixedLine","SetPressurePa":7e5,"Reference":"Normal"}""");

        Assert.Equal(new() { Class = "1.5+0.3FS", High = 80, CutOff = 0.2, Resolution = 0.01m, ResponseSeconds = 3 }, spec);
        Assert.Equal(100_000, register.Width);
        Assert.Equal(7e5 / (287.05 * 293.15), design.Shown(1, 1e5, 300) * 101_325 / (287.05 * 273.15) * (1e5 / (287.05 * 300)), 9);
    }

    [Fact]
    public void The_truth_of_a_meter_is_written_and_read()
    {
        var meter = new Rigs().FlowMeter(gain: 0.01);
        Rigs.Run(60, meter);
        meter.Set("theft", new MeterFault.Tampered(-0.3));

        var truth = Read<MeterTruth>(JsonSerializer.Serialize(meter.Truth));

        Assert.Equal(1.01 * 0.7 - 1, truth.Points["VolumeFlowRate"].Gain, 12);
        Assert.Equal(new ActiveFault("theft", new MeterFault.Tampered(-0.3), TimeSpan.FromMinutes(1)), Assert.Single(truth.Faults));
        Assert.Equal(("flow", "flow-1", TimeSpan.FromMinutes(1)), (truth.Id, truth.Serial, truth.Running));
    }

    [Fact]
    public void Following_the_plant_allocates_nothing()
    {
        var meters = Enumerable.Range(0, 30).Select(n => new Rigs().FlowMeter($"flow-{n}")).ToArray();
        meters[0].Set("theft", new MeterFault.Tampered(-0.3));
        Rigs.Run(10, meters);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Rigs.Run(1000, meters);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json) ?? throw new InvalidOperationException($"{json} is nothing");
}
