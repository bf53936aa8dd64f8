namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// Motor, frequency converter and auxiliaries: from shaft power to what the meter sees. The motor loses a part with its speed (iron,
/// windage) and a part with the square of its torque (copper), 40 to 60 at full load: general for 2 and 4 poles. The converter loses
/// 1 % of rated power always and 2.5 % of what passes: 3 to 7 % in all over its range.
/// </summary>
internal sealed class ElectricDrive
{
    private const double IronPart = 0.4;
    private const double ConverterFixedShare = 0.01;
    private const double ConverterShare = 0.025;
    private const double ConverterPowerFactor = 0.95;

    /// <summary>
    /// Cooling fan and controls of an air-cooled package, of rated power; only controls and the hood's fan when water-cooled. They
    /// follow the speed. Chosen.
    /// </summary>
    private const double FanShare = 0.03;
    private const double HoodShare = 0.007;

    /// <summary>Reactive power at no load over that at full load. General for 4 poles: magnetising current.</summary>
    private const double NoLoadReactive = 0.65;

    private static readonly double ConverterVarPerW = Math.Sqrt(1 - ConverterPowerFactor * ConverterPowerFactor) / ConverterPowerFactor;

    private readonly bool _hasConverter;
    private readonly double _auxiliaryW;
    private readonly double _motorLossW;
    private readonly double _converterFixedW;
    private readonly double _fullReactiveVar;

    public ElectricDrive(CompressorSpec spec)
    {
        _hasConverter = spec.Control == CapacityControl.VariableSpeed;
        _auxiliaryW = (spec.IsWaterCooled ? HoodShare : FanShare) * spec.RatedPowerW;
        var motorW = spec.RatedPowerW - _auxiliaryW;
        if (_hasConverter) motorW = motorW * (1 - ConverterFixedShare) / (1 + ConverterShare);
        _converterFixedW = spec.RatedPowerW - _auxiliaryW - motorW * (1 + ConverterShare);
        RatedShaftW = motorW * spec.MotorEfficiency;
        _motorLossW = motorW - RatedShaftW;
        _fullReactiveVar = motorW * Math.Sqrt(1 - spec.PowerFactor * spec.PowerFactor) / spec.PowerFactor;
    }

    public double RatedShaftW { get; }

    public double PowerW { get; private set; }

    public double ReactiveVar { get; private set; }

    public double MotorLossW { get; private set; }

    public double ConverterLossW { get; private set; }

    public double AuxiliaryW { get; private set; }

    /// <summary>Share of the rated shaft power at which the meter shows this share of rated power, at full speed.</summary>
    public double ShaftShareAt(double powerShare, double ratedPowerW)
    {
        var motorW = powerShare * ratedPowerW - _auxiliaryW;
        if (_hasConverter) motorW = (motorW - _converterFixedW) / (1 + ConverterShare);
        var copper = (1 - IronPart) * _motorLossW;
        var free = IronPart * _motorLossW - motorW;
        return Math.Max(0, (Math.Sqrt(RatedShaftW * RatedShaftW - 4 * copper * free) - RatedShaftW) / (2 * copper));
    }

    /// <summary>Shaft share and speed share of the step; speed 0 is a dead motor.</summary>
    public void Step(double shaftShare, double speed)
    {
        if (speed <= 0)
        {
            PowerW = ReactiveVar = MotorLossW = ConverterLossW = AuxiliaryW = 0;
            return;
        }
        var torque = shaftShare / speed;
        MotorLossW = _motorLossW * (IronPart * speed + (1 - IronPart) * torque * torque);
        var motorW = shaftShare * RatedShaftW + MotorLossW;
        AuxiliaryW = _auxiliaryW * speed;
        ConverterLossW = _hasConverter ? _converterFixedW + ConverterShare * motorW : 0;
        PowerW = motorW + ConverterLossW + AuxiliaryW;
        ReactiveVar = _hasConverter
            ? PowerW * ConverterVarPerW
            : _fullReactiveVar * (NoLoadReactive + (1 - NoLoadReactive) * torque * torque);
    }
}
