namespace AirIsland.Simulators.Physics;

/// <summary>Proportional-integral control of a variable speed on a target pressure; the share of full speed moves 10 % a second.</summary>
public sealed class SpeedController
{
    private const double GainPerMPa = 30;
    private const double ResetSeconds = 60;
    private const double SharePerSecond = 0.1;

    private readonly double _targetMPa;
    private readonly double _lowestShare;
    private double _integral;

    public SpeedController(double targetMPa, double lowestShare)
    {
        _targetMPa = targetMPa;
        _lowestShare = lowestShare;
        Reset();
    }

    /// <summary>Share of full speed.</summary>
    public double Share { get; private set; }

    public void Step(double seconds, double gaugeMPa)
    {
        var error = _targetMPa - gaugeMPa;
        // The integral stays inside what the motor can do, or it would wind up while the fixed machines carry the load.
        _integral = Math.Clamp(_integral + GainPerMPa / ResetSeconds * error * seconds, _lowestShare, 1);
        var wanted = Math.Clamp(_integral + GainPerMPa * error, _lowestShare, 1);
        Share += Math.Clamp(wanted - Share, -SharePerSecond * seconds, SharePerSecond * seconds);
    }

    /// <summary>Back to the lowest speed, from where every start begins.</summary>
    public void Reset() => Share = _integral = _lowestShare;
}
