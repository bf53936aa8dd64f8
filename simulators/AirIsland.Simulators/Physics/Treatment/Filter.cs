namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// A filter whose Δp grows with the air that has passed: Δp = Δp_clean·(dirty/clean)^(passed/life)·(blocked?), at equal flow. Usual:
/// 0.05 to 0.15 bar new, changed at 0.3 to 0.5 bar. The exponential form is chosen: slow at first, then fast, as makers' curves.
/// </summary>
public sealed class Filter : IPressureDrop
{
    /// <summary>Makes one exponential a while enough: Δp between two of them errs by less than 0.1 %.</summary>
    private const double RefreshShare = 5e-4;

    private readonly FlowResistance _clean;
    private readonly double _lifeKg;
    private readonly double _growth;
    private FlowResistance _now;
    private double _refreshAt;
    private double _sinceChange;
    private double _blocked = 1;

    /// <param name="ratedKgPerSecond">Rated flow, dry air.</param>
    /// <param name="cleanPa">Δp of a new element at rated flow, 0.8 MPa absolute and 35 °C.</param>
    /// <param name="dirtyPa">Δp at which the element is to be changed, at the same point.</param>
    /// <param name="lifeSeconds">How long rated flow takes to bring it there; 8000 h unless known better (chosen).</param>
    public Filter(double ratedKgPerSecond, double cleanPa = 10_000, double dirtyPa = 35_000, double lifeSeconds = 8000 * 3600.0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(dirtyPa, cleanPa);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lifeSeconds);
        _clean = new(cleanPa, ratedKgPerSecond, DesiccantDryerRating.RatedPa, DesiccantDryerRating.RatedKelvin);
        _lifeKg = ratedKgPerSecond * lifeSeconds;
        _growth = Math.Log(dirtyPa / cleanPa);
        Refresh();
    }

    /// <summary>Dry air through this element, kg.</summary>
    public double PassedKg => _sinceChange;

    /// <summary>Δp by that of a new element, at equal flow; 1 is new.</summary>
    public double Clogging => Math.Exp(_growth * _sinceChange / _lifeKg) * _blocked;

    /// <summary>Elements changed so far.</summary>
    public int Changes { get; private set; }

    public double DropPa(double kgPerSecond, double absolutePa, double kelvin) => _now.DropPa(kgPerSecond, absolutePa, kelvin);

    public double DropSlope(double kgPerSecond, double absolutePa, double kelvin) => _now.DropSlope(kgPerSecond, absolutePa, kelvin);

    public void Step(double seconds, double kgPerSecond)
    {
        _sinceChange += Math.Abs(kgPerSecond) * seconds;
        if (_sinceChange >= _refreshAt) Refresh();
    }

    /// <summary>Something closes part of it: Δp at equal flow times a factor; 1 ends it.</summary>
    public void Block(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        _blocked = factor;
        Refresh();
    }

    /// <summary>Puts in a new element; what blocked the old one goes with it.</summary>
    public void Replace()
    {
        _sinceChange = 0;
        _blocked = 1;
        Changes++;
        Refresh();
    }

    private void Refresh()
    {
        _now = _clean.Times(Clogging);
        _refreshAt = _sinceChange + RefreshShare * _lifeKg;
    }
}
