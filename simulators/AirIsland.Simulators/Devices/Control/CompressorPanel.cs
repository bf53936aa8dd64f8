using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Devices.Control;

/// <summary>
/// The set pressures on a compressor's own controller: what is written here are the bands of its spec from then on. Without a station
/// controller they hold at once, with one whenever the machine works by its own bands.
/// </summary>
public sealed class CompressorPanel : ISettable
{
    public const string Load = "load/GaugePressure";
    public const string Unload = "unload/GaugePressure";
    public const string Target = "target/GaugePressure";

    private readonly Station _station;
    private readonly int _machine;

    /// <param name="station">Used under the lock of whoever steps it.</param>
    /// <param name="machine">Number of the compressor in it.</param>
    public CompressorPanel(Station station, int machine)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)machine, (uint)station.Compressors.Length, nameof(machine));
        (_station, _machine) = (station, machine);
    }

    public double LoadBelowMPa => Settings.LoadBelowMPa ?? Spec.LoadBelowMPa;

    public double UnloadAboveMPa => Settings.UnloadAboveMPa ?? Spec.UnloadAboveMPa;

    public double TargetMPa => Settings.TargetMPa ?? Spec.TargetMPa ?? (Spec.LoadBelowMPa + Spec.UnloadAboveMPa) / 2;

    private CompressorSpec Spec => _station.Compressors[_machine].Spec;

    private MachineSettings Settings
    {
        get
        {
            if (_station.Controller is { } controller) return controller.SettingsOf(_machine);
            ref var command = ref _station.Commands[_machine];
            return new() { LoadBelowMPa = command.LoadBelowMPa, UnloadAboveMPa = command.UnloadAboveMPa, TargetMPa = command.TargetMPa };
        }
    }

    public void Take(IReadOnlyDictionary<string, decimal> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wanted = Settings;
        if (values.TryGetValue(Load, out var load)) wanted = wanted with { LoadBelowMPa = (double)load };
        if (values.TryGetValue(Unload, out var unload)) wanted = wanted with { UnloadAboveMPa = (double)unload };
        if (values.TryGetValue(Target, out var target)) wanted = wanted with { TargetMPa = (double)target };
        if (wanted.WrongFor(Spec) is not null)
            throw new ModbusException(ProfileDevice.WriteFunction, ModbusExceptionCode.IllegalDataValue);
        if (_station.Controller is { } controller)
        {
            controller.Set(_machine, wanted);
            return;
        }
        ref var command = ref _station.Commands[_machine];
        command = command with
        {
            LoadBelowMPa = wanted.LoadBelowMPa,
            UnloadAboveMPa = wanted.UnloadAboveMPa,
            TargetMPa = wanted.TargetMPa,
        };
    }
}
