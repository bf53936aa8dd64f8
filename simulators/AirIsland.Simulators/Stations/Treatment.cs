using AirIsland.Simulators.Physics.Climate;
using AirIsland.Simulators.Physics.Network;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Stations;

/// <summary>
/// From the wet receiver to the header: its heat, its drain, dryer and filter. They are slower than the pressures and are stepped every
/// five seconds, with the mean flow.
/// </summary>
internal sealed class Treatment
{
    private const double SlowSeconds = 5;

    private readonly Node _wet;
    private readonly Node _header;
    private readonly Link _link;
    private readonly Receiver _receiver;
    private readonly RefrigeratedDryer _dryer;
    private readonly Filter _filter;
    private readonly Drain _drain;
    private readonly double _dryerPa;
    private readonly double _filterPa;
    private double _sinceSlow, _enteredKg, _enteredKelvinKg, _passedKg, _drawnKgPerSecond, _lastClogging = 1;

    public Treatment(NetworkBuilder builder, Node wet, Node header, double ratedKgPerSecond)
    {
        (_wet, _header) = (wet, header);
        var rating = RefrigeratedDryerRating.For(ratedKgPerSecond);
        (_dryer, _filter) = (new(rating), new(ratedKgPerSecond));
        _dryerPa = _dryer.DropPa(ratedKgPerSecond, RefrigeratedDryerRating.RatedPa, RefrigeratedDryerRating.RatedKelvin);
        _filterPa = _filter.DropPa(ratedKgPerSecond, RefrigeratedDryerRating.RatedPa, RefrigeratedDryerRating.RatedKelvin);
        _link = builder.Fitting("treatment", wet, header, _dryerPa + _filterPa, ratedKgPerSecond, RefrigeratedDryerRating.RatedPa);
        _receiver = new(wet.VolumeM3, wet.Pa, wet.Kelvin);
        _drain = new(DrainRating.Timed);
    }

    public double PowerW { get; private set; }

    public double Joules => _dryer.Joules;

    public double DewPointKelvin { get; private set; } = 276.15;

    public double DrainedKg { get; private set; }

    /// <summary>Air from a compressor, kg and K.</summary>
    public void Take(double kg, double kelvin)
    {
        _enteredKg += kg;
        _enteredKelvinKg += kg * kelvin;
    }

    /// <summary>Before the network's step.</summary>
    public void Step(double seconds, in OutdoorAir outdoor, double roomRise)
    {
        _sinceSlow += seconds;
        if (_sinceSlow >= SlowSeconds) Settle(outdoor, outdoor.Kelvin + roomRise);
        if (_drawnKgPerSecond <= 0) return;
        PipeNetwork.Draw(_wet, _drawnKgPerSecond, 0);
        DrainedKg += _drawnKgPerSecond * seconds;
    }

    private void Settle(in OutdoorAir outdoor, double roomKelvin)
    {
        var seconds = _sinceSlow;
        var passed = _link.PassedKg - _passedKg;
        var drained = _drawnKgPerSecond * seconds;
        if (_enteredKg > 0)
        {
            var kelvin = _enteredKelvinKg / _enteredKg;
            var breathed = Moisture.IntakeRatio(outdoor.RelativeHumidity, outdoor.Kelvin, outdoor.Pa);
            _receiver.Enter(_enteredKg, kelvin, Math.Min(breathed, Moisture.SaturationRatio(kelvin, _wet.Pa)));
        }
        if (passed + drained > 0) _receiver.Leave(passed + drained);
        var condensate = _receiver.Settle(seconds, roomKelvin);
        _wet.Kelvin = _receiver.Kelvin;

        var flow = Math.Max(0, passed / seconds);
        var dried = _dryer.Step(seconds, flow, _wet.Pa, _receiver.Kelvin, _receiver.HumidityRatio, roomKelvin);
        (PowerW, DewPointKelvin, _header.Kelvin) = (dried.Watts, dried.DewPointKelvin, dried.OutletKelvin);
        _drawnKgPerSecond = _drain.Step(seconds, condensate, _wet.Pa, _receiver.Kelvin).AirKg / seconds;
        Clog(seconds, flow);
        (_sinceSlow, _enteredKg, _enteredKelvinKg, _passedKg) = (0, 0, 0, _link.PassedKg);
    }

    private void Clog(double seconds, double flow)
    {
        _filter.Step(seconds, flow);
        var clogging = _filter.Clogging;
        if (Math.Abs(clogging - _lastClogging) < 1e-3 * _lastClogging) return;
        _lastClogging = clogging;
        _link.Fouling = (_dryerPa + clogging * _filterPa) / (_dryerPa + _filterPa);
    }
}
