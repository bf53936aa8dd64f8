namespace AirIsland.Simulators.Physics;

/// <summary>
/// One screw compressor with its own controller: star-delta start, load and unload between two pressures, blow-down, stop after
/// idling. A variable speed also follows a target pressure.
/// </summary>
public sealed class Compressor(CompressorRating rating)
{
    private const double StartSeconds = 6;
    private const double ValveSeconds = 2;
    private const double StopSeconds = 3;
    private const double StartShare = 0.35;

    /// <summary>Of full load: power right after the inlet valve closed, and when the separator has blown down.</summary>
    private const double BeforeBlowDownShare = 0.70;
    private const double UnloadedShare = 0.25;
    private const double BlowDownSeconds = 12;

    private readonly SpeedController? _speed = rating.IsVariable ? new(rating.TargetMPa, rating.LowestShare) : null;
    private readonly double _fullLoadKilowatts = rating.FullLoadKilowatts;

    private double _secondsInState;
    private double _secondsUnloaded;
    private double _kilowattHours;
    private double _kilowatts;

    public CompressorRating Rating => rating;

    public CompressorState State { get; private set; } = CompressorState.Stopped;

    /// <summary>Delivered now, m³/min FAD.</summary>
    public double FlowM3PerMin { get; private set; }

    public double RunningHours { get; private set; }

    public double LoadedHours { get; private set; }

    public int Starts { get; private set; }

    /// <summary>How often it went on load.</summary>
    public int Loads { get; private set; }

    /// <summary>Share of full speed; 0 while the motor stands.</summary>
    public double SpeedShare => State is CompressorState.Stopped or CompressorState.Stopping ? 0 : _speed?.Share ?? 1;

    public ElectricLoad Electricity => new(_kilowatts, ElectricLoad.KilovarsOf(_kilowatts, PowerFactor), _kilowattHours);

    private bool Delivers => State is CompressorState.Loading or CompressorState.Loaded;

    private double PowerFactor => rating.IsVariable ? 0.95 : 0.45 + 0.43 * Math.Min(1, _kilowatts / _fullLoadKilowatts);

    /// <summary>Puts it on load at once, as if it had run before the plant began.</summary>
    public void BeginLoaded() => Enter(CompressorState.Loaded);

    public void Step(double seconds, double gaugeMPa, InletAir inlet)
    {
        _secondsInState += seconds;
        _secondsUnloaded += seconds;
        Decide(gaugeMPa);
        if (Delivers) _speed?.Step(seconds, gaugeMPa);

        var opening = State == CompressorState.Loading ? Math.Min(1, _secondsInState / ValveSeconds) : 1;
        FlowM3PerMin = Delivers ? rating.Flow(SpeedShare, gaugeMPa, inlet) * opening : 0;
        _kilowatts = Draws(gaugeMPa, inlet);
        _kilowattHours += _kilowatts * seconds / 3600;
        if (SpeedShare > 0) RunningHours += seconds / 3600;
        if (Delivers) LoadedHours += seconds / 3600;
    }

    private void Decide(double gaugeMPa)
    {
        switch (State)
        {
            case CompressorState.Stopped when gaugeMPa < rating.LoadBelowMPa:
                Starts++;
                Enter(CompressorState.Starting);
                break;
            case CompressorState.Starting when _secondsInState >= StartSeconds:
            case CompressorState.Unloaded when gaugeMPa < rating.LoadBelowMPa:
                Loads++;
                Enter(CompressorState.Loading);
                break;
            case CompressorState.Loading when _secondsInState >= ValveSeconds:
                Enter(CompressorState.Loaded);
                break;
            case CompressorState.Loaded when gaugeMPa > rating.UnloadAboveMPa:
                _secondsUnloaded = 0;
                _speed?.Reset();
                Enter(CompressorState.Unloading);
                break;
            case CompressorState.Unloading when _secondsInState >= ValveSeconds:
                Enter(CompressorState.Unloaded);
                break;
            case CompressorState.Unloaded when _secondsInState >= rating.IdleSeconds:
                Enter(CompressorState.Stopping);
                break;
            case CompressorState.Stopping when _secondsInState >= StopSeconds:
                Enter(CompressorState.Stopped);
                break;
        }
    }

    private double Draws(double gaugeMPa, InletAir inlet) => State switch
    {
        CompressorState.Loading or CompressorState.Loaded => rating.Kilowatts(SpeedShare, gaugeMPa, inlet),
        CompressorState.Unloading or CompressorState.Unloaded => _fullLoadKilowatts * SpeedShare
            * (UnloadedShare + (BeforeBlowDownShare - UnloadedShare) * Math.Exp(-_secondsUnloaded / BlowDownSeconds)),
        CompressorState.Starting => _fullLoadKilowatts * StartShare * (rating.IsVariable ? rating.LowestShare : 1),
        _ => 0,
    };

    private void Enter(CompressorState state)
    {
        State = state;
        _secondsInState = 0;
    }
}
