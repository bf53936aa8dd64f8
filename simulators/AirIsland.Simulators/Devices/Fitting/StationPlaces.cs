using AirIsland.Simulators.Devices.Control;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Physics.Climate;
using AirIsland.Simulators.Physics.Network;
using AirIsland.Simulators.Physics.Treatment;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>The places of a station by their names.</summary>
internal sealed class StationPlaces
{
    private const string All = "station";

    /// <summary>Reactive power over active power of dryer and pumps: power factor 0.85, small motors in general.</summary>
    private const double AuxiliaryVarPerW = 0.62;

    /// <summary>The rated power of dryer and pumps, of the compressors' power: for the size of transformers only. Chosen.</summary>
    private const double AuxiliaryShare = 0.1;

    private static readonly MeterSpec DewPoint = new() { Class = "1FS", Low = -80, High = 60, Noise = 0.07, Flows = false };

    private readonly Station _station;
    private readonly Dictionary<string, Func<Place, Place>> _places = [];

    /// <param name="station">Whose places.</param>
    /// <param name="seed">Of what their meters found there: hours that machines have run.</param>
    public StationPlaces(Station station, int seed)
    {
        _station = station;
        _places.Add(All, WholeSupply().OfferAt);
        _places.Add(Station.WetReceiver, new AirLine(station.Wet, OutsidePa).OfferAt);
        _places.Add(Station.HeaderName, OfferHeader);
        if (station.Water.CoolingWater is not null) _places.Add("cooling water", Cooling().OfferAt);
        if (station.Water.Recovery is not null) _places.Add("recovered heat", Recovery().OfferAt);
        if (station.Controller is not null)
        {
            var controller = new StationControlDevice(station);
            _places.Add("controller", place => place.KnowAll(controller.Read).SetBy(controller));
        }
        for (var i = 1; i <= station.Spec.Treatment.Count; i++)
        {
            var supply = SupplyOfDryer();
            _places.Add($"dryer-{i}", place => OfferDried(supply.OfferAt(place)));
        }
        for (var i = 0; i < station.Compressors.Length; i++)
        {
            var (supply, controller) = (SupplyOf(i), new Controller(station, i, seed));
            _places.Add(station.Compressors[i].Spec.Id, place => controller.OfferAt(supply.OfferAt(place)));
        }
        foreach (var branch in station.Branches)
        {
            var line = new AirLine(branch.Pipe.From, OutsidePa);
            var diameterMm = branch.Spec.DiameterMm;
            _places.Add(branch.Company, place => line.OfferFlowAt(line.OfferAt(place), () => branch.Pipe.KgPerSecond, diameterMm));
        }
    }

    /// <exception cref="ArgumentException">The station has no such place.</exception>
    public Place Find(string name) => _places.TryGetValue(name, out var offer)
        ? offer(new(name))
        : throw new ArgumentException($"the station has no '{name}'; it has {string.Join(", ", _places.Keys)}", nameof(name));

    private double OutsidePa() => _station.Outdoor.Pa;

    private Place OfferHeader(Place place)
    {
        var rated = NetworkBuilder.UsualDiameterMm(_station.Spec.Compressors.Sum(c => c.RatedKgPerSecond));
        return new AirLine(_station.Header, OutsidePa).OfferFlowAt(OfferDried(place), () => _station.Treatment.KgPerSecond, rated);
    }

    /// <summary>Dried air behind the dryers.</summary>
    private Place OfferDried(Place place)
    {
        return new AirLine(_station.Header, OutsidePa).OfferAt(place)
            .Sense("PressureDewPoint", "Cel", DewPoint, () => _station.Treatment.DewPointKelvin - Moisture.ZeroCelsius)
            // The same water in air of less pressure has a lower vapour pressure.
            .Sense("AtmosphericDewPoint", "Cel", DewPoint, () => MoistAir.DewPointCelsius(
                Moisture.SaturationPa(_station.Treatment.DewPointKelvin) * _station.Outdoor.Pa / _station.Header.Pa));
    }

    private WaterLine Cooling() => new(
        () => _station.Water.Cooling.WaterKgPerSecond,
        () => _station.Water.Cooling.SupplyKelvin,
        () => _station.Water.Cooling.ReturnKelvin,
        () => _station.Water.Cooling.TakenWatts);

    private WaterLine Recovery()
    {
        var back = (_station.Spec.HeatRecovery?.ReturnCelsius ?? 0) + Moisture.ZeroCelsius;
        return new(
            () => _station.Water.Recovered.WaterKgPerSecond,
            // Before the circuit has been looked at for the first time its water is as the user gave it back.
            () => Math.Max(back, _station.Water.Recovered.OutletKelvin),
            () => back,
            () => _station.Water.Recovered.RecoveredWatts);
    }

    private Supply SupplyOf(int number)
    {
        var compressor = _station.Compressors[number];
        return new(() => compressor.PowerW, () => compressor.ReactiveVar, compressor.Spec.RatedPowerW * 1e-3, _station);
    }

    private Supply SupplyOfDryer()
    {
        var count = _station.Spec.Treatment.Count;
        var rated = _station.Spec.Compressors.Sum(c => c.RatedPowerW) * AuxiliaryShare * 1e-3 / count;
        double Watts() => _station.Treatment.PowerW / count;
        return new(Watts, () => AuxiliaryVarPerW * Watts(), rated, _station);
    }

    private Supply WholeSupply() => new(
        () => _station.PowerW,
        () =>
        {
            var (vars, watts) = (0.0, 0.0);
            foreach (var compressor in _station.Compressors)
            {
                vars += compressor.ReactiveVar;
                watts += compressor.PowerW;
            }
            return vars + AuxiliaryVarPerW * (_station.PowerW - watts);
        },
        _station.Spec.Compressors.Sum(c => c.RatedPowerW) * (1 + AuxiliaryShare) * 1e-3,
        _station);
}
