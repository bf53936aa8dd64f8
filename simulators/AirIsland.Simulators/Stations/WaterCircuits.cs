using AirIsland.Simulators.Physics.Climate;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Stations;

/// <summary>
/// What becomes of the heat of the compressors' coolers: first the user of recovered heat takes of the oil's, the rest goes to the
/// cooling water where a machine is water-cooled, else to the air. Stepped every few seconds; what it draws holds until the next time.
/// </summary>
public sealed class WaterCircuits
{
    /// <summary>Above every element, so that a cooler without water cools nothing.</summary>
    private const double WithoutWaterKelvin = 1000;

    /// <summary>Pump power of a heat recovery by its capacity. Chosen.</summary>
    private const double PumpShare = 0.01;

    private readonly bool[] _isWaterCooled;
    private readonly HeatRecoverySpec? _recovery;
    private double _oilOfWaterJ, _oilOfAirJ, _othersOfWaterJ, _waitingJ, _airCoolersJ;
    private bool _hasMains = true;

    internal WaterCircuits(IReadOnlyList<CompressorSpec> compressors, HeatRecoverySpec? recovery, double kelvin)
    {
        _isWaterCooled = [.. compressors.Select(c => c.IsWaterCooled)];
        // All electricity of a machine is heat in the end; motors and the room take about a tenth of it.
        var watts = compressors.Where(c => c.IsWaterCooled).Sum(c => c.RatedPowerW);
        if (watts > 0) CoolingWater = new(CoolingWaterRating.For(watts), kelvin);
        if (recovery is null) return;
        _recovery = recovery;
        Recovery = new(
            recovery.CapacityKW * 1e3,
            recovery.SupplyCelsius + Moisture.ZeroCelsius,
            recovery.ReturnCelsius + Moisture.ZeroCelsius,
            (recovery.PumpKW ?? PumpShare * recovery.CapacityKW) * 1e3);
    }

    /// <summary>The cooling tower's loop; null without a water-cooled machine.</summary>
    public CoolingWater? CoolingWater { get; }

    public HeatRecovery? Recovery { get; }

    /// <summary>Of the last settling.</summary>
    public CoolingWaterFlow Cooling { get; private set; }

    /// <summary>Of the last settling.</summary>
    public HeatRecoveryFlow Recovered { get; private set; }

    /// <summary>Electrical power of pumps and fan.</summary>
    public double PowerW { get; private set; }

    public double ElectricJ { get; private set; }

    /// <summary>From coolers to the air, what a user may still take included.</summary>
    public double AirCoolersJ => _airCoolersJ + _oilOfAirJ;

    /// <summary>To the cooling water, what is on its way to it included.</summary>
    public double CoolingWaterJ => (CoolingWater?.TakenJ ?? 0) + _waitingJ + _oilOfWaterJ + _othersOfWaterJ;

    public double RecoveredJ => Recovery?.RecoveredJ ?? 0;

    /// <summary>What machines that are cooled by water find.</summary>
    internal double? SupplyKelvin =>
        CoolingWater is null ? null : _hasMains && !CoolingWater.PumpFailed ? CoolingWater.SupplyKelvin : WithoutWaterKelvin;

    /// <summary>Heat of a machine's coolers in a step.</summary>
    internal void Take(int machine, Compressor compressor, double seconds)
    {
        var (oil, others) = (compressor.OilCoolerW * seconds, compressor.AirCoolersW * seconds);
        if (_isWaterCooled[machine])
        {
            _oilOfWaterJ += oil;
            _othersOfWaterJ += others;
            return;
        }
        _airCoolersJ += others;
        // Without a user nothing need be kept apart.
        if (Recovery is null) _airCoolersJ += oil;
        else _oilOfAirJ += oil;
    }

    internal void Draw(double seconds) => ElectricJ += PowerW * seconds;

    internal void Settle(double seconds, in OutdoorAir outdoor, bool hasMains)
    {
        _hasMains = hasMains;
        var oil = _oilOfWaterJ + _oilOfAirJ;
        var left = 1.0;
        PowerW = 0;
        if (Recovery is not null && _recovery is not null)
        {
            var asked = hasMains ? _recovery.DemandKW * 1e3 : 0;
            Recovered = Recovery.Step(seconds, oil / seconds, asked, _recovery.ReturnCelsius + Moisture.ZeroCelsius);
            PowerW += Recovered.PumpWatts;
            if (oil > 0) left = Recovered.RejectedWatts * seconds / oil;
        }
        _airCoolersJ += left * _oilOfAirJ;
        _waitingJ += left * _oilOfWaterJ + _othersOfWaterJ;
        (_oilOfAirJ, _oilOfWaterJ, _othersOfWaterJ) = (0, 0, 0);
        if (CoolingWater is null) return;
        Cooling = CoolingWater.Step(seconds, hasMains ? _waitingJ / seconds : 0, outdoor.WetBulbKelvin);
        _waitingJ -= Cooling.TakenWatts * seconds;
        PowerW += Cooling.FanWatts + Cooling.PumpWatts;
    }
}
