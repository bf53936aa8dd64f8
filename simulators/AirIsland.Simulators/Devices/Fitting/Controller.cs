using AirIsland.Simulators.Devices.Control;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Treatment;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>The controller on a compressor: state, hours, pressures, temperature, the motor's figures, settings and codes.</summary>
internal sealed class Controller(Station station, int number, int seed)
{
    /// <summary>The controller's own codes. Chosen: the makers' lists are not public.</summary>
    private const decimal HotWarning = 1, HotFault = 1, StoppedFault = 2, SurgeFault = 3;

    private const double MotorVolts = 400;
    private const double FullSpeedHertz = 50;

    /// <summary>Of a motor with two poles, slip taken off.</summary>
    private const double FullSpeedPerMinute = 2960;

    /// <summary>A machine in the middle of its life has run so long, h, loaded most of it. Chosen.</summary>
    private const int LeastHours = 3000;
    private const int HoursSpan = 17_000;
    private const decimal LoadedShare = 0.8m;

    private static readonly MeterSpec Pressure = new() { Class = "1FS", High = 1.6, Noise = 0.001, Flows = false };
    private static readonly MeterSpec Celsius = new() { Class = "0.5FS", Low = -30, High = 150, Noise = 0.05, Flows = false };
    private static readonly MeterSpec Exact = new() { High = 1, OverRange = 0 };

    private readonly Compressor _compressor = station.Compressors[number];
    private readonly CompressorPanel _panel = new(station, number);

    private double MotorW => Math.Max(0, _compressor.PowerW - _compressor.Heat.ConverterW - _compressor.Heat.AuxiliaryW);

    public Place OfferAt(Place place)
    {
        OfferMotor(place);
        OfferHours(place);
        OfferSettings(place);
        return place
            .Sense("outlet/GaugePressure", "MPa", Pressure, () => (station.Wet.Pa - station.Outdoor.Pa) * 1e-6)
            .Sense("outlet/Temperature", "Cel", Celsius, () => _compressor.ElementKelvin - Moisture.ZeroCelsius)
            .Sense("system/GaugePressure", "MPa", Pressure, () => (_compressor.SumpPa - station.Outdoor.Pa) * 1e-6)
            .Know("OperatingState", "1", () => (int)_compressor.State)
            .Know("WarningCode", "1", () => _compressor.IsAlarmed ? HotWarning : 0)
            .Know("FaultCode", "1", () => _compressor.Trip switch
            {
                CompressorTrip.Temperature => HotFault,
                CompressorTrip.Command => StoppedFault,
                CompressorTrip.Surge => SurgeFault,
                _ => 0,
            });
    }

    private void OfferMotor(Place place)
    {
        var rated = _compressor.Spec.RatedPowerW;
        var kilowatts = new MeterSpec { Class = "2", High = rated * 1e-3, OverRange = 1, NoiseShare = 0.004 };
        var amperes = kilowatts with { High = rated / (Math.Sqrt(3) * MotorVolts) };
        // A fixed speed has no converter: its motor lies on the mains as it is.
        var isVariable = _compressor.Spec.Control == CapacityControl.VariableSpeed;
        place.Sense("motor/Power", "kW", kilowatts, () => MotorW * 1e-3)
            .Sense("motor/Voltage", "V", new() { High = MotorVolts }, () => MotorVolts * (isVariable ? _compressor.SpeedShare : Runs))
            .Sense("motor/Frequency", "Hz", new() { High = FullSpeedHertz }, () => FullSpeedHertz * _compressor.SpeedShare)
            .Sense("motor/Speed", "/min", new() { High = FullSpeedPerMinute }, () => FullSpeedPerMinute * _compressor.SpeedShare);
        foreach (var phase in (ReadOnlySpan<string>)["A", "B", "C"])
            place.Sense($"motor/Current{phase}", "A", amperes, () => ApparentVa / (Math.Sqrt(3) * MotorVolts));
    }

    private double Runs => _compressor.SpeedShare > 0 ? 1 : 0;

    private double ApparentVa => Math.Sqrt(MotorW * MotorW + _compressor.ReactiveVar * _compressor.ReactiveVar);

    private void OfferHours(Place place)
    {
        var hours = LeastHours + InstantNoise.SeedOf(seed, $"{_compressor.Spec.Id}/hours") % HoursSpan;
        place.Sense("Running", "1", Exact, _ => Tap.MeanOf(() => _compressor.Totals.RunningSeconds))
            .Sense("Loaded", "1", Exact, _ => Tap.MeanOf(() => _compressor.Totals.LoadedSeconds))
            // Half an hour on: nobody knows the phase of a meter.
            .Count("RunningTime", "h", "Running", 1 / 3600.0, hours + 0.5m)
            .Count("LoadedTime", "h", "Loaded", 1 / 3600.0, decimal.Floor(hours * LoadedShare) + 0.5m);
    }

    private void OfferSettings(Place place) => place
        .Know(CompressorPanel.Load, "MPa", () => (decimal)_panel.LoadBelowMPa)
        .Know(CompressorPanel.Unload, "MPa", () => (decimal)_panel.UnloadAboveMPa)
        .Know(CompressorPanel.Target, "MPa", () => (decimal)_panel.TargetMPa)
        .SetBy(_panel);
}
