using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Devices.Control;

/// <summary>
/// The station controller behind its registers: what it shows, and what can be set. Points of machines that the station does not have
/// read 0 and cannot be written (code 2).
/// </summary>
public sealed class StationControlDevice : ISettable
{
    /// <summary>Machines that the map has room for.</summary>
    public const int MostMachines = 10;

    private const string MachinePort = "machine-";
    private const string Heartbeat = "Heartbeat";

    private readonly Station _station;
    private readonly StationController _controller;

    /// <param name="station">Used under the lock of whoever steps it.</param>
    /// <exception cref="ArgumentException">It has no controller, or more machines than the map.</exception>
    public StationControlDevice(Station station)
    {
        ArgumentNullException.ThrowIfNull(station);
        _station = station;
        _controller = station.Controller ?? throw new ArgumentException("the station has no controller", nameof(station));
        if (_controller.Machines > MostMachines)
            throw new ArgumentException($"the map has room for {MostMachines} machines, not {_controller.Machines}", nameof(station));
    }

    /// <summary>The reading now, in the engineering unit of the profile.</summary>
    /// <exception cref="ArgumentException">There is no such point.</exception>
    public decimal Read(string point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var (machine, quantity) = Split(point);
        if (machine is null) return ReadStation(quantity);
        return machine < _controller.Machines ? ReadMachine(machine.Value, quantity) : 0;
    }

    public void Take(IReadOnlyDictionary<string, decimal> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wanted = _controller.Settings;
        var machines = new Dictionary<int, MachineSettings>();
        foreach (var (point, value) in values)
        {
            var (machine, quantity) = Split(point);
            if (machine is not { } number) wanted = Changed(wanted, quantity, value);
            else if (number >= _controller.Machines) throw Refusal(ModbusExceptionCode.IllegalDataAddress);
            else machines[number] = Changed(machines.GetValueOrDefault(number, _controller.SettingsOf(number)), quantity, value);
        }
        var fits = _controller.WrongWith(wanted) is null
            && machines.All(m => m.Value.WrongFor(_station.Compressors[m.Key].Spec) is null);
        if (!fits) throw Refusal(ModbusExceptionCode.IllegalDataValue);

        _controller.Settings = wanted;
        foreach (var (machine, settings) in machines) _controller.Set(machine, settings);
        if (values.TryGetValue(Heartbeat, out var beat)) _controller.Beat((int)beat);
    }

    private static ModbusException Refusal(ModbusExceptionCode code) => new(ProfileDevice.WriteFunction, code);

    /// <summary><c>machine-3/Rank</c> is number 2 and <c>Rank</c>.</summary>
    private static (int? Machine, string Quantity) Split(string point)
    {
        var slash = point.IndexOf('/', StringComparison.Ordinal);
        return point.StartsWith(MachinePort, StringComparison.Ordinal) && slash > 0
            && int.TryParse(point.AsSpan(MachinePort.Length, slash - MachinePort.Length), out var number)
                ? (number - 1, point[(slash + 1)..])
                : (null, point);
    }

    private static ControlSettings Changed(in ControlSettings settings, string quantity, decimal value) => quantity switch
    {
        "WantedMode" => settings with { Mode = (StationControlMode)(int)value },
        "target/GaugePressure" => settings with { TargetMPa = (double)value },
        "variance/GaugePressure" => settings with { VarianceMPa = (double)value },
        _ => settings,
    };

    private static MachineSettings Changed(in MachineSettings settings, string quantity, decimal value) => quantity switch
    {
        "Rank" => settings with { Rank = (int)value },
        "InService" => settings with { IsInService = value != 0 },
        "RemoteDuty" => settings with { RemoteDuty = (RemoteDuty)(int)value },
        "RemoteShare" => settings with { RemoteShare = (double)value / 100 },
        "RemoteTarget" => settings with { RemoteTargetMPa = (double)value },
        _ => settings,
    };

    private decimal ReadStation(string quantity)
    {
        var status = _controller.Status;
        return quantity switch
        {
            "ControlMode" => (int)status.Mode,
            "ControlReason" => (int)status.Reason,
            "header/GaugePressure" => (decimal)status.HeaderMPa,
            "MachinesAvailable" => status.Available,
            "MachinesRunning" => status.Running,
            "MachinesLoaded" => status.Loaded,
            "MachinesOnDuty" => status.OnDuty,
            "TrimShare" => (decimal)status.TrimShare * 100,
            "WatchdogLeft" => (decimal)status.WatchdogLeftSeconds,
            "Fallbacks" => status.Fallbacks,
            "MinimumAlarms" => status.MinimumAlarms,
            "WantedMode" => (int)status.Wanted,
            "target/GaugePressure" => (decimal)_controller.Settings.TargetMPa,
            "variance/GaugePressure" => (decimal)_controller.Settings.VarianceMPa,
            Heartbeat => _controller.LastBeat,
            _ => throw new ArgumentException($"a station controller has no point '{quantity}'", nameof(quantity)),
        };
    }

    private decimal ReadMachine(int machine, string quantity)
    {
        var settings = _controller.SettingsOf(machine);
        var compressor = _station.Compressors[machine];
        return quantity switch
        {
            "OperatingState" => (int)compressor.State,
            "CapacityShare" => (decimal)compressor.CapacityShare * 100,
            "Available" => _controller.IsAvailable(machine) ? 1 : 0,
            "Place" => 1 + _controller.Order.IndexOf(machine),
            "Rank" => settings.Rank,
            "InService" => settings.IsInService ? 1 : 0,
            "RemoteDuty" => (int)settings.RemoteDuty,
            "RemoteShare" => (decimal)settings.RemoteShare * 100,
            "RemoteTarget" => (decimal)settings.RemoteTargetMPa,
            _ => throw new ArgumentException($"a machine of a station controller has no point '{quantity}'", nameof(quantity)),
        };
    }
}
