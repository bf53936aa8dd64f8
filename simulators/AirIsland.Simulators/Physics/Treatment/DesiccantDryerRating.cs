namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>Data sheet of a two-tower desiccant dryer, rated at 0.7 MPa(g) and 35 °C saturated.</summary>
public sealed record DesiccantDryerRating
{
    /// <summary>Pressure at which dryers are rated, Pa absolute (0.7 MPa gauge).</summary>
    public const double RatedPa = 801_325;

    /// <summary>Inlet temperature at which dryers are rated, K (35 °C).</summary>
    public const double RatedKelvin = 308.15;

    /// <summary>Room in a tower above the water of one rated half cycle. Chosen.</summary>
    private const double BedReserve = 1.15;

    /// <summary>Heater surplus above what the rated water needs in the heating time. Chosen.</summary>
    private const double HeaterReserve = 1.2;

    /// <summary>Blower power by heater power. Chosen: blower and heater together come to the usual 2 to 3 % of compressor energy.</summary>
    private const double BlowerByHeater = 0.15;

    public required DesiccantKind Kind { get; init; }

    /// <summary>Rated flow, dry air.</summary>
    public required double KgPerSecond { get; init; }

    /// <summary>What the open purge valve passes at rated pressure, as a share of the rated flow; ∝ absolute pressure.</summary>
    public required double PurgeShare { get; init; }

    /// <summary>Time after which the towers change, s.</summary>
    public required double SwitchSeconds { get; init; }

    /// <summary>Share of that time in which the tower may be driven out; a heated tower cools in the rest.</summary>
    public double RegenerationShare { get; init; } = 1;

    /// <summary>Heater power, W; 0 without heater.</summary>
    public double HeaterWatts { get; init; }

    /// <summary>Blower power, W; 0 without blower.</summary>
    public double BlowerWatts { get; init; }

    /// <summary>Water that one tower takes before its dew point breaks through, kg.</summary>
    public required double BedKg { get; init; }

    /// <summary>Pressure drop at the rated point, Pa; 0.2 bar, filters apart (with them 0.28 to 0.41 bar, 4 to 6 psi).</summary>
    public double DropPa { get; init; } = 20_000;

    /// <summary>Purge ends when the tower is dry, and towers change only when the dew point asks for it.</summary>
    public bool DemandControlled { get; init; }

    /// <summary>Dew point, °C, at which a demand-controlled dryer changes towers.</summary>
    public double SwitchDewPointCelsius { get; init; } = -40;

    /// <summary>Purge 15 % (15 to 18 %), towers change every 5 min.</summary>
    public static DesiccantDryerRating Heatless(double kgPerSecond, bool demandControlled = false)
    {
        const double seconds = 300;
        return new()
        {
            Kind = DesiccantKind.Heatless,
            KgPerSecond = kgPerSecond,
            PurgeShare = 0.15,
            SwitchSeconds = seconds,
            BedKg = BedReserve * seconds * RatedWater(kgPerSecond),
            DemandControlled = demandControlled,
        };
    }

    /// <summary>Purge 7 % with a heater; towers change every 4 h, 3 h of it heated.</summary>
    public static DesiccantDryerRating HeatedPurge(double kgPerSecond, bool demandControlled = false) =>
        Heated(DesiccantKind.HeatedPurge, kgPerSecond, 0.07, 0) with { DemandControlled = demandControlled };

    /// <summary>Blower and heater for 3 of 4 h; then 8 % dry air to cool: 2 % in the mean (0 to 3 %).</summary>
    public static DesiccantDryerRating BlowerPurge(double kgPerSecond, bool demandControlled = false) =>
        Heated(DesiccantKind.BlowerPurge, kgPerSecond, 0.08, BlowerByHeater) with { DemandControlled = demandControlled };

    private static DesiccantDryerRating Heated(DesiccantKind kind, double kgPerSecond, double purgeShare, double blowerByHeater)
    {
        const double seconds = 4 * 3600;
        const double heated = 0.75;
        var watts = HeaterReserve * RatedWater(kgPerSecond) / heated * DesiccantDryer.DesorptionJPerKg;
        return new()
        {
            Kind = kind,
            KgPerSecond = kgPerSecond,
            PurgeShare = purgeShare,
            SwitchSeconds = seconds,
            RegenerationShare = heated,
            HeaterWatts = watts,
            BlowerWatts = watts * blowerByHeater,
            BedKg = BedReserve * seconds * RatedWater(kgPerSecond),
        };
    }

    private static double RatedWater(double kgPerSecond) => kgPerSecond * Moisture.SaturationRatio(RatedKelvin, RatedPa);
}
