using System.Diagnostics;
using AirIsland.Simulators.Physics.Climate;
using AirIsland.Simulators.Physics.Network;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Stations;

/// <summary>
/// From the wet receiver to the header: its heat, its drain, dryer and filter. They are slower than the pressures and are stepped every
/// few seconds with the mean flow; what they draw, of air and of power, holds for the seconds that follow.
/// </summary>
public sealed class Treatment
{
    /// <summary>A receiver that bursts is emptied in so many parts: none takes most of what is left.</summary>
    private const int MostParts = 1000;

    private readonly Node _wet;
    private readonly Node _header;
    private readonly Link _link;
    private readonly Receiver _receiver;
    private readonly IAirDryer _dryer;
    private readonly double _dryerPa;
    private readonly double _filterPa;
    private double _enteredKg, _enteredKelvinKg, _passedKg, _drainedKgPerSecond, _purgedKgPerSecond, _lastClogging = 1;
    private double _dryRatio;

    internal Treatment(NetworkBuilder builder, Node wet, Node header, TreatmentSpec spec, double ratedKgPerSecond)
    {
        (_wet, _header) = (wet, header);
        _dryer = DryerOf(spec, ratedKgPerSecond);
        Filter = new(ratedKgPerSecond);
        Drain = new(spec.Drain == DrainKind.Timed ? DrainRating.Timed : DrainRating.Level);
        _dryerPa = _dryer.DropPa(ratedKgPerSecond, RefrigeratedDryerRating.RatedPa, RefrigeratedDryerRating.RatedKelvin);
        _filterPa = Filter.DropPa(ratedKgPerSecond, RefrigeratedDryerRating.RatedPa, RefrigeratedDryerRating.RatedKelvin);
        _link = builder.Fitting(
            "treatment",
            wet,
            header,
            _dryerPa + _filterPa,
            ratedKgPerSecond,
            RefrigeratedDryerRating.RatedPa,
            isOneWay: _dryer is DesiccantDryer);
        _receiver = new(wet.VolumeM3, wet.Pa, wet.Kelvin);
    }

    /// <summary>The dryer, if it works by cold.</summary>
    public RefrigeratedDryer? Refrigerated => _dryer as RefrigeratedDryer;

    /// <summary>The dryer, if it has towers.</summary>
    public DesiccantDryer? Desiccant => _dryer as DesiccantDryer;

    public Filter Filter { get; }

    /// <summary>Of the wet receiver.</summary>
    public Drain Drain { get; }

    /// <summary>Electrical power of the dryer.</summary>
    public double PowerW { get; private set; }

    public double ElectricJ { get; private set; }

    /// <summary>Pressure dew point behind the dryer, K.</summary>
    public double DewPointKelvin { get; private set; } = 276.15;

    /// <summary>To the header in the last step, less what regenerates the dryer, kg/s.</summary>
    public double KgPerSecond => _link.KgPerSecond - _purgedKgPerSecond;

    /// <summary>Air lost by the drain, kg.</summary>
    public double DrainedKg { get; private set; }

    /// <summary>Air that regenerated the dryer, kg.</summary>
    public double PurgedKg { get; private set; }

    /// <summary>Air from a compressor, kg and K.</summary>
    internal void Take(double kg, double kelvin)
    {
        _enteredKg += kg;
        _enteredKelvinKg += kg * kelvin;
    }

    /// <summary>Before the network's step.</summary>
    internal void Draw(double seconds, bool hasMains)
    {
        if (!hasMains) PowerW = 0;
        ElectricJ += PowerW * seconds;
        if (_drainedKgPerSecond > 0)
        {
            PipeNetwork.Draw(_wet, _drainedKgPerSecond, 0);
            DrainedKg += _drainedKgPerSecond * seconds;
        }
        if (_purgedKgPerSecond <= 0) return;
        PipeNetwork.Draw(_header, _purgedKgPerSecond, 0);
        PurgedKg += _purgedKgPerSecond * seconds;
    }

    /// <summary>Moves the slow things on by the time since they were last moved.</summary>
    /// <param name="seconds">That time.</param>
    /// <param name="comingKg">Taken, but not yet in the wet receiver: of the step to come.</param>
    /// <param name="outdoor">What the compressors breathe.</param>
    /// <param name="roomKelvin">Around receiver and dryer.</param>
    /// <param name="hasMains">Whether the dryer has electricity.</param>
    internal void Settle(double seconds, double comingKg, in OutdoorAir outdoor, double roomKelvin, bool hasMains)
    {
        var passed = _link.PassedKg - _passedKg;
        Exchange(_wet.Kg + comingKg, outdoor);
        var condensate = _receiver.Settle(seconds, roomKelvin);
        _wet.Kelvin = _receiver.Kelvin;

        var flow = Math.Max(0, passed / seconds);
        _dryer.HasMains = hasMains;
        var dried = _dryer.Step(seconds, flow, _wet.Pa, _receiver.Kelvin, _receiver.HumidityRatio, roomKelvin);
        (PowerW, DewPointKelvin, _header.Kelvin) = (dried.Watts, dried.DewPointKelvin, dried.OutletKelvin);
        _dryRatio = dried.OutletHumidityRatio;
        _purgedKgPerSecond = dried.PurgeKgPerSecond;
        _drainedKgPerSecond = Drain.Step(seconds, condensate, _wet.Pa, _receiver.Kelvin).AirKg / seconds;
        Clog(seconds, flow);
        (_enteredKg, _enteredKelvinKg, _passedKg) = (0, 0, _link.PassedKg);
    }

    /// <summary>
    /// What came and went, so that the receiver holds what the network says: through the dryer either way, drain, holes, pipes.
    /// </summary>
    private void Exchange(double heldKg, in OutdoorAir outdoor)
    {
        var left = _receiver.AirKg + _enteredKg - heldKg;
        var through = Math.Clamp(left, 0, _enteredKg);
        if (_enteredKg > 0)
        {
            var kelvin = _enteredKelvinKg / _enteredKg;
            var breathed = Moisture.IntakeRatio(outdoor.RelativeHumidity, outdoor.Kelvin, outdoor.Pa);
            var ratio = Math.Min(breathed, Moisture.SaturationRatio(kelvin, _wet.Pa));
            _receiver.Pass(through, kelvin, ratio);
            _receiver.Enter(_enteredKg - through, kelvin, ratio);
        }
        if (left < 0) _receiver.Enter(-left, _header.Kelvin, _dryRatio);
        var parts = 1 + Math.Min(MostParts, (int)(4 * (left - through) / heldKg));
        for (var part = 0; part < parts && left > through; part++) _receiver.Leave((left - through) / parts);
    }

    private static IAirDryer DryerOf(TreatmentSpec spec, double kgPerSecond) => spec.Dryer switch
    {
        DryerKind.Refrigerated => new RefrigeratedDryer(RefrigeratedDryerRating.For(kgPerSecond)),
        DryerKind.RefrigeratedCycling => new RefrigeratedDryer(RefrigeratedDryerRating.For(kgPerSecond, RefrigerationControl.Cycling)),
        DryerKind.RefrigeratedVariableSpeed =>
            new RefrigeratedDryer(RefrigeratedDryerRating.For(kgPerSecond, RefrigerationControl.VariableSpeed)),
        DryerKind.DesiccantHeatless => new DesiccantDryer(DesiccantDryerRating.Heatless(kgPerSecond, spec.IsDemandControlled)),
        DryerKind.DesiccantHeated => new DesiccantDryer(DesiccantDryerRating.HeatedPurge(kgPerSecond, spec.IsDemandControlled)),
        DryerKind.DesiccantBlower => new DesiccantDryer(DesiccantDryerRating.BlowerPurge(kgPerSecond, spec.IsDemandControlled)),
        _ => throw new UnreachableException(),
    };

    private void Clog(double seconds, double flow)
    {
        Filter.Step(seconds, flow);
        var clogging = Filter.Clogging;
        if (Math.Abs(clogging - _lastClogging) < 1e-3 * _lastClogging) return;
        _lastClogging = clogging;
        _link.Fouling = (_dryerPa + clogging * _filterPa) / (_dryerPa + _filterPa);
    }
}
