namespace AirIsland.Simulators.Physics.Network;

/// <summary>
/// What air flows through from one node to another: Δp = C/p·|q|ⁿ, with q in kg/s and p the mean absolute pressure. A pipe has n = 1.85,
/// a fitting (cooler, filter, dryer, valve) n = 2. Below a hundredth of its rated flow the law is linear.
/// </summary>
public sealed class Link
{
    /// <summary>The law is taken as a straight line around a flow that moved less than this since: the error is its square.</summary>
    private const double Stale = 0.01;

    /// <summary>A smaller opening is shut: the resistance of a hair is beyond the arithmetic.</summary>
    public const double LeastOpening = 1e-3;

    private readonly double _exponent;
    private readonly double _leastKgPerSecond;
    private double _coefficient;
    private double _leastDrop;
    private double _opening = 1;
    private double _aroundFlow = double.NaN;
    private double _aroundDrop;
    private double _aroundSlope;

    internal Link(string id, Node from, Node to, double coefficient, double exponent, double ratedKgPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(coefficient);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratedKgPerSecond);
        (Id, From, To, _coefficient, _exponent) = (id, from, to, coefficient, exponent);
        _leastKgPerSecond = ratedKgPerSecond / 100;
        _leastDrop = coefficient * Math.Pow(_leastKgPerSecond, exponent);
    }

    public string Id { get; }

    public Node From { get; }

    public Node To { get; }

    /// <summary>Flow from <see cref="From"/> to <see cref="To"/> in the last step, kg/s.</summary>
    public double KgPerSecond { get; private set; }

    /// <summary>Dry air that passed since the start, forwards minus backwards, kg.</summary>
    public double PassedKg { get; private set; }

    /// <summary>A check valve lets nothing back.</summary>
    public bool IsOneWay { get; init; }

    /// <summary>Share of the free section that is open: 0 shut, <see cref="LeastOpening"/> to 1 open.</summary>
    public double Opening
    {
        get => _opening;
        set
        {
            if (value is not (0 or >= LeastOpening and <= 1)) throw new ArgumentOutOfRangeException(nameof(value), value, "no opening");
            (_opening, _aroundFlow) = (value, double.NaN);
        }
    }

    /// <summary>Multiple of the clean resistance: a clogging filter, a fouled cooler.</summary>
    public double Fouling
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _coefficient *= value / field;
            _leastDrop *= value / field;
            (field, _aroundFlow) = (value, double.NaN);
        }
    } = 1;

    /// <summary>Holds the pressure behind it, Pa absolute; null: no regulator.</summary>
    public double? HoldsPa { get; set; }

    /// <summary>How far a regulator opens, kg/s for each Pa that is missing behind it.</summary>
    public double RegulatorGain { get; init; }

    internal int Slot { get; set; }

    internal double Conductance { get; private set; }

    /// <summary>Share of the flow that follows only the pressure behind: a regulator that throttles.</summary>
    internal bool IsThrottling { get; private set; }

    /// <summary>Readies q = flow + conductance·(change of Δp) around the pressures that are; returns that flow.</summary>
    internal double Linearise()
    {
        IsThrottling = false;
        if (_opening == 0) return Still();
        var drop = From.Pa - To.Pa;
        if (IsOneWay && drop <= 0) return Still();
        if (double.IsNaN(_aroundFlow) || Math.Abs(KgPerSecond - _aroundFlow) > Stale * Math.Abs(_aroundFlow)) Around(KgPerSecond);
        var scale = 2 / ((From.Pa + To.Pa) * _opening * _opening);
        if (IsFarFrom(drop / scale)) Around(FlowAt(drop / scale));
        Conductance = 1 / (_aroundSlope * scale);
        var flow = _aroundFlow + Conductance * (drop - _aroundDrop * scale);
        if (HoldsPa is not { } held) return flow;
        var wanted = Math.Max(0, RegulatorGain * (held - To.Pa));
        if (wanted >= flow) return flow;
        (IsThrottling, Conductance) = (true, wanted > 0 ? RegulatorGain : 0);
        return wanted;
    }

    internal void Pass(double kgPerSecond, double seconds)
    {
        KgPerSecond = (IsOneWay || HoldsPa is not null) && kgPerSecond < 0 ? 0 : kgPerSecond;
        PassedKg += KgPerSecond * seconds;
    }

    private double Still()
    {
        Conductance = 0;
        return 0;
    }

    // A tangent at a flow that has little to do with the pressures would send far too much, or send it back.
    private bool IsFarFrom(double drop)
    {
        if (Math.Abs(drop) <= _leastDrop && Math.Abs(_aroundFlow) <= _leastKgPerSecond) return false;
        var share = drop / _aroundDrop;
        return !(share is > 0.25 and < 4);
    }

    private double FlowAt(double drop)
    {
        var size = Math.Abs(drop);
        var flow = size <= _leastDrop
            ? size / _leastDrop * _leastKgPerSecond
            : _leastKgPerSecond * Math.Exp(Math.Log(size / _leastDrop) / _exponent);
        return Math.CopySign(flow, drop);
    }

    private void Around(double flow)
    {
        _aroundFlow = flow;
        var size = Math.Max(Math.Abs(flow), _leastKgPerSecond);
        var power = _coefficient * Math.Exp((_exponent - 1) * Math.Log(size));
        _aroundDrop = power * flow;
        _aroundSlope = Math.Abs(flow) > _leastKgPerSecond ? _exponent * power : power;
    }
}
