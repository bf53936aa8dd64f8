using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Devices.Control;

/// <summary>
/// The set pressures on a compressor's own controller: what is written here are the bands of its spec from then on. Without a station
/// controller they hold at once, with one whenever the machine works by its own bands.
/// </summary>
public sealed class CompressorPanel : ISettable
{
    private const string Load = "load/GaugePressure";
    private const string Unload = "unload/GaugePressure";
    private const string Target = "target/GaugePressure";

    private readonly Station _station;
    private readonly int _machine;
    private readonly Func<string, decimal> _measured;
    private MachineSettings _own = new();

    /// <param name="station">Used under the lock of whoever steps it.</param>
    /// <param name="machine">Number of the compressor in it.</param>
    /// <param name="measured">Reads the points that are no set pressures.</param>
    public CompressorPanel(Station station, int machine, Func<string, decimal> measured)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)machine, (uint)station.Compressors.Length, nameof(machine));
        (_station, _machine, _measured) = (station, machine, measured);
    }

    private MachineSettings Settings => _station.Controller?.SettingsOf(_machine) ?? _own;

    /// <summary>The device of such a profile with this panel in it.</summary>
    public static ProfileDevice Device(string id, DeviceProfile profile, Station station, int machine, Func<string, decimal> measured)
    {
        var panel = new CompressorPanel(station, machine, measured);
        return new(id, profile, 1, panel.Read, panel);
    }

    /// <summary>Set pressures as they stand, everything else as measured.</summary>
    public decimal Read(string point)
    {
        var spec = _station.Compressors[_machine].Spec;
        return point switch
        {
            Load => (decimal)(Settings.LoadBelowMPa ?? spec.LoadBelowMPa),
            Unload => (decimal)(Settings.UnloadAboveMPa ?? spec.UnloadAboveMPa),
            Target => (decimal)(Settings.TargetMPa ?? spec.TargetMPa ?? (spec.LoadBelowMPa + spec.UnloadAboveMPa) / 2),
            _ => _measured(point),
        };
    }

    public void Take(IReadOnlyDictionary<string, decimal> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wanted = Settings;
        if (values.TryGetValue(Load, out var load)) wanted = wanted with { LoadBelowMPa = (double)load };
        if (values.TryGetValue(Unload, out var unload)) wanted = wanted with { UnloadAboveMPa = (double)unload };
        if (values.TryGetValue(Target, out var target)) wanted = wanted with { TargetMPa = (double)target };
        if (wanted.WrongFor(_station.Compressors[_machine].Spec) is not null)
            throw new ModbusException(ProfileDevice.WriteFunction, ModbusExceptionCode.IllegalDataValue);
        if (_station.Controller is { } controller)
        {
            controller.Set(_machine, wanted);
            return;
        }
        _own = wanted;
        ref var command = ref _station.Commands[_machine];
        command = command with
        {
            LoadBelowMPa = wanted.LoadBelowMPa,
            UnloadAboveMPa = wanted.UnloadAboveMPa,
            TargetMPa = wanted.TargetMPa,
        };
    }
}
