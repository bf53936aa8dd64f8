using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Tests.Devices.Meters;

/// <summary>Meters on a test bench: a flow in m³/min, a pressure in MPa or three phases in kW, set by hand.</summary>
internal sealed class Rigs
{
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public double FlowM3PerMin { get; set; } = 30;

    public double Kilowatts { get; set; } = 90;

    public FieldMeter FlowMeter(string id = "flow", double gain = 0, decimal initial = 1000.5m, int seed = 1) =>
        new FieldMeter(id, $"{id}-1", seed)
            .Measure("VolumeFlowRate", new() { Class = "1.5", High = 100, CutOff = 0.2 }, Tap.Level(() => FlowM3PerMin), new(gain))
            .Measure("GaugePressure", new() { Class = "0.5FS", High = 1.6, Flows = false }, Tap.Level(() => 0.7), MeterErrors.None)
            .Count("AccumulatedVolume", "VolumeFlowRate", 1 / 60.0, new() { Initial = initial });

    public FieldMeter PowerMeter()
    {
        var meter = new FieldMeter("power", "power-1", 1)
            .Measure("Power", new() { Class = "0.5S", High = 200 }, Tap.Level(() => Kilowatts), MeterErrors.None, ElectricRole.Power)
            .Count("Energy", "Power", 1 / 3600.0, new() { Resolution = 0.01m, Initial = 0 });
        foreach (var phase in Enum.GetValues<Phase>())
        {
            var (voltage, current) = (ElectricRole.VoltageA + (int)phase, ElectricRole.CurrentA + (int)phase);
            meter.Measure($"Voltage{phase}", new() { High = 400, Flows = false }, Tap.Level(() => 230), role: voltage);
            meter.Measure($"Current{phase}", new() { High = 400 }, Tap.Level(() => 130), role: current);
        }
        return meter;
    }

    public static void Run(int seconds, params FieldMeter[] meters)
    {
        for (var i = 0; i < seconds; i++)
            foreach (var meter in meters) meter.Advance(Second);
    }
}
