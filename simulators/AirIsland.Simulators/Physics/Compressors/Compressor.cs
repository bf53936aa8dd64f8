using System.Runtime.InteropServices;

namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// One machine with its own controller, air end, motor and heat. <see cref="Step"/> moves it on by a step, in which pressures and
/// surroundings are taken as constant: 0.1 to 5 s resolve a load/unload cycle. All values are means of the last step, SI, dry air.
/// </summary>
public sealed class Compressor
{
    /// <summary>The controller counts a machine as unloaded so long after the command. Chosen.</summary>
    private const double UnloadingSeconds = 2;

    /// <summary>Run-down of the motor. Chosen.</summary>
    private const double StopSeconds = 3;

    /// <summary>A centrifugal machine surging this long trips. Chosen: a few surge cycles.</summary>
    private const double SurgeTripSeconds = 3;

    private readonly AirEnd _airEnd;
    private readonly CapacityController _controller;
    private readonly ElectricDrive _drive;
    private readonly HeatCircuit _circuit;
    private readonly Ledger _ledger = new(Marshal.SizeOf<Sums>() / sizeof(double));
    private readonly double _ratedKgPerSecond;
    private readonly double _alarmKelvin;
    private readonly double _tripKelvin;
    private readonly double _secondsBetweenStarts;
    private readonly double _firstHeldKg;

    private double _secondsInState;
    private double _secondsSinceStart = double.PositiveInfinity;
    private double _surgingSeconds;
    private long _starts;

    /// <param name="spec">Checked here.</param>
    /// <param name="kelvin">Temperature of the cold machine.</param>
    /// <exception cref="ArgumentException">The spec is no machine.</exception>
    public Compressor(CompressorSpec spec, double kelvin = 293.15)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecCheck.MustBeMachine(spec);
        Spec = spec;
        var defaults = MachineDefaults.Of(spec.Type);
        _drive = new(spec);
        _airEnd = spec.Type == CompressorType.Centrifugal
            ? new CentrifugalAirEnd(spec, defaults, _drive)
            : new DisplacementAirEnd(spec, defaults, _drive);
        _controller = new(spec);
        _circuit = new(spec, defaults, _drive.RatedShaftW, kelvin);
        _ratedKgPerSecond = spec.RatedKgPerSecond;
        _alarmKelvin = 273.15 + (spec.AlarmCelsius ?? defaults.AlarmCelsius);
        _tripKelvin = 273.15 + (spec.TripCelsius ?? defaults.TripCelsius);
        _secondsBetweenStarts = spec.StartIntervalSeconds;
        _firstHeldKg = _airEnd.HeldKg;
    }

    public CompressorSpec Spec { get; }

    public CompressorState State { get; private set; } = CompressorState.Stopped;

    public CompressorTrip Trip { get; private set; }

    /// <summary>How often it went on load.</summary>
    public long Loads { get; private set; }

    /// <summary>The element's outlet is above its alarm temperature.</summary>
    public bool IsAlarmed => ElementKelvin > _alarmKelvin;

    /// <summary>A centrifugal machine beyond its surge line.</summary>
    public bool IsSurging => _airEnd.IsSurging;

    /// <summary>Wear and dirt; may be set between steps.</summary>
    public CompressorCondition Condition
    {
        get => _airEnd.Condition;
        set => _airEnd.Condition = value;
    }

    /// <summary>The emergency stop at the machine: pressed, it trips, and it stays tripped when the button is set free.</summary>
    public bool IsStopPressed { get; set; }

    /// <summary>Dry air to the network, kg/s.</summary>
    public double FlowKgPerSecond => _airEnd.Delivered;

    /// <summary>Dry air blown off or vented, kg/s.</summary>
    public double BlowOffKgPerSecond => _airEnd.Vented;

    public double IntakeKgPerSecond => _airEnd.Intake;

    public double PowerW => _drive.PowerW;

    public double ReactiveVar => _drive.ReactiveVar;

    /// <summary>Speed over full speed; 0 while the motor stands.</summary>
    public double SpeedShare => _airEnd.Speed;

    /// <summary>Delivered over rated flow, as dry air.</summary>
    public double CapacityShare => _airEnd.Delivered / _ratedKgPerSecond;

    public double ElementKelvin => _circuit.ElementKelvin;

    public double OilKelvin => _circuit.OilKelvin;

    /// <summary>Behind the aftercooler.</summary>
    public double OutletKelvin => _circuit.OutletKelvin;

    /// <summary>Pressure behind the element, Pa absolute.</summary>
    public double SumpPa => _airEnd.SumpPa;

    /// <summary>Heat to the oil cooler: what a heat recovery can take.</summary>
    public double OilCoolerW => _circuit.OilCoolerW;

    /// <summary>Heat to the coolers that the air passes, between stages and behind the last.</summary>
    public double AirCoolersW => _circuit.IntercoolerW + _circuit.AftercoolerW;

    /// <summary>Where the power of the last step went.</summary>
    public CompressorHeat Heat => new()
    {
        OilCoolerW = _circuit.OilCoolerW,
        IntercoolerW = _circuit.IntercoolerW,
        AftercoolerW = _circuit.AftercoolerW,
        MotorW = _drive.MotorLossW,
        ConverterW = _drive.ConverterLossW,
        AuxiliaryW = _drive.AuxiliaryW,
        RadiationW = _circuit.RadiationW,
        DeliveredAirW = _circuit.DeliveredAirW,
        VentedAirW = _circuit.VentedAirW,
        StoredW = _circuit.StoredW,
    };

    public CompressorTotals Totals
    {
        get
        {
            var sums = _ledger.Read<Sums>();
            return new()
            {
                ElectricJ = sums.Electric,
                ReactiveVarSeconds = sums.Reactive,
                IntakeKg = sums.Intake,
                DeliveredKg = sums.Delivered,
                VentedKg = sums.Vented,
                HeldKg = _airEnd.HeldKg - _firstHeldKg,
                OilCoolerJ = sums.OilCooler,
                IntercoolerJ = sums.Intercooler,
                AftercoolerJ = sums.Aftercooler,
                MotorJ = sums.Motor,
                ConverterJ = sums.Converter,
                AuxiliaryJ = sums.Auxiliary,
                RadiationJ = sums.Radiation,
                DeliveredAirJ = sums.DeliveredAir,
                VentedAirJ = sums.VentedAir,
                StoredJ = _circuit.StoredJ,
                RunningSeconds = sums.Running,
                LoadedSeconds = sums.Loaded,
                Starts = _starts,
                Loads = Loads,
            };
        }
    }

    private AirEndMode Mode => State switch
    {
        CompressorState.Starting => AirEndMode.Starting,
        CompressorState.Loading or CompressorState.Loaded => AirEndMode.Delivering,
        CompressorState.Unloading or CompressorState.Unloaded => AirEndMode.Unloaded,
        _ => AirEndMode.Standing,
    };

    /// <param name="seconds">Above 0.</param>
    /// <param name="around">The room's air and the cooling water.</param>
    /// <param name="dischargePa">Pressure behind the package, Pa absolute.</param>
    /// <param name="command">What a station controller or a fault wants.</param>
    public void Step(double seconds, in Surroundings around, double dischargePa, in CompressorCommand command)
    {
        _secondsInState += seconds;
        _secondsSinceStart += seconds;
        _controller.Step(seconds, (dischargePa - around.Pa) * 1e-6, _airEnd.IsOpen, command);
        Protect(command);
        Decide(command);

        _airEnd.Step(seconds, around, dischargePa, Mode, _controller.Capacity);
        _surgingSeconds = _airEnd.IsSurging ? _surgingSeconds + seconds : 0;
        _drive.Step(_airEnd.ShaftShare, _airEnd.Speed);
        _circuit.Step(seconds, _airEnd.ShaftShare * _drive.RatedShaftW, _airEnd.Speed, _airEnd, around);
        Count(seconds);
    }

    /// <summary>Somebody at the machine resets its trip; while the cause lasts it trips again.</summary>
    public void ResetTrip()
    {
        if (ElementKelvin < _alarmKelvin) Trip = CompressorTrip.None;
    }

    private void Protect(in CompressorCommand command)
    {
        if (command.ResetsTrip) ResetTrip();
        if (Trip == CompressorTrip.None)
        {
            if (command.IsTripped || IsStopPressed) Trip = CompressorTrip.Command;
            else if (ElementKelvin > _tripKelvin && _airEnd.Speed > 0) Trip = CompressorTrip.Temperature;
            else if (_surgingSeconds >= SurgeTripSeconds) Trip = CompressorTrip.Surge;
        }
        if ((Trip != CompressorTrip.None || command.IsWithoutMains) && State != CompressorState.Stopped) Enter(CompressorState.Stopped);
    }

    private void Decide(in CompressorCommand command)
    {
        var wants = _controller.WantsAir && command.IsEnabled && !_airEnd.MustUnload;
        switch (State)
        {
            case CompressorState.Stopped when wants && MayStart(command):
                _starts++;
                _secondsSinceStart = 0;
                Enter(CompressorState.Starting);
                break;
            case CompressorState.Starting when _secondsInState >= Spec.StartSeconds:
                Load(wants);
                break;
            case CompressorState.Unloaded when wants:
                Load(true);
                break;
            case CompressorState.Unloaded when MayStop(command):
                Enter(CompressorState.Stopping);
                break;
            case CompressorState.Loading or CompressorState.Loaded when !wants:
                Enter(CompressorState.Unloading);
                break;
            case CompressorState.Loading when _airEnd.IsOpen:
                Enter(CompressorState.Loaded);
                break;
            case CompressorState.Unloading when _secondsInState >= UnloadingSeconds || Spec.Control == CapacityControl.StartStop:
                Enter(CompressorState.Unloaded);
                break;
            case CompressorState.Stopping when _secondsInState >= StopSeconds:
                Enter(CompressorState.Stopped);
                break;
        }
    }

    private bool MayStart(in CompressorCommand command) =>
        Trip == CompressorTrip.None && !command.IsWithoutMains && !command.IsTripped && _airEnd.CanStart;

    private bool MayStop(in CompressorCommand command)
    {
        if (!command.IsEnabled || Spec.Control == CapacityControl.StartStop) return true;
        return _secondsInState >= Spec.IdleSeconds && _secondsSinceStart >= _secondsBetweenStarts;
    }

    private void Load(bool wants)
    {
        if (wants) Loads++;
        Enter(wants ? CompressorState.Loading : CompressorState.Unloaded);
    }

    private void Enter(CompressorState state)
    {
        State = state;
        _secondsInState = 0;
    }

    private void Count(double seconds)
    {
        ref var sums = ref _ledger.Begin<Sums>();
        sums.Electric += seconds * _drive.PowerW;
        sums.Reactive += seconds * _drive.ReactiveVar;
        sums.Motor += seconds * _drive.MotorLossW;
        sums.Converter += seconds * _drive.ConverterLossW;
        sums.Auxiliary += seconds * _drive.AuxiliaryW;
        sums.OilCooler += seconds * _circuit.OilCoolerW;
        sums.Intercooler += seconds * _circuit.IntercoolerW;
        sums.Aftercooler += seconds * _circuit.AftercoolerW;
        sums.Radiation += seconds * _circuit.RadiationW;
        sums.DeliveredAir += seconds * _circuit.DeliveredAirW;
        sums.VentedAir += seconds * _circuit.VentedAirW;
        sums.Intake += seconds * _airEnd.Intake;
        sums.Delivered += seconds * _airEnd.Delivered;
        sums.Vented += seconds * _airEnd.Vented;
        if (_airEnd.Speed > 0) sums.Running += seconds;
        if (_airEnd.IsOpen) sums.Loaded += seconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Sums
    {
        public double Electric, Reactive, Motor, Converter, Auxiliary, OilCooler, Intercooler, Aftercooler, Radiation, DeliveredAir;
        public double VentedAir, Intake, Delivered, Vented, Running, Loaded;
    }
}
