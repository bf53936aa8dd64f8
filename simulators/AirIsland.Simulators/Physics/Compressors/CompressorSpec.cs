namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// The data sheet and the settings of one machine. Flows in m³/min FAD, pressures in MPa gauge, shares of the rated value. What is null
/// takes the default of the machine's type and control, which <see cref="MachineDefaults"/> states with its source.
/// </summary>
public sealed record CompressorSpec
{
    public required string Id { get; init; }

    public required CompressorType Type { get; init; }

    public required CapacityControl Control { get; init; }

    /// <summary>Flow at the rated pressure and the state of ratings, m³/min FAD, 0.1 to 2000.</summary>
    public required double RatedFlowM3PerMin { get; init; }

    /// <summary>0.2 to 1.6.</summary>
    public required double RatedGaugeMPa { get; init; }

    /// <summary>Electrical power of the whole package over its flow at the rated point and full speed, kW/(m³/min).</summary>
    public required double SpecificPower { get; init; }

    public bool IsWaterCooled { get; init; }

    /// <summary>Loads (or starts) below this pressure.</summary>
    public required double LoadBelowMPa { get; init; }

    /// <summary>Unloads above this pressure.</summary>
    public required double UnloadAboveMPa { get; init; }

    /// <summary>
    /// What a variable speed or guide vanes hold, default the middle of the band; where modulation begins, default LoadBelowMPa.
    /// </summary>
    public double? TargetMPa { get; init; }

    /// <summary>Unloads here whatever a station controller wants. Default: 0.08 above the rated pressure or the band's top.</summary>
    public double? MaximumMPa { get; init; }

    /// <summary>Rise of pressure that closes a modulating inlet.</summary>
    public double ModulationRangeMPa { get; init; } = 0.07;

    /// <summary>Flow share below which a modulating machine unloads, 0.2 to 0.9.</summary>
    public double UnloadPointShare { get; init; } = 0.4;

    /// <summary>Share of full power with a closed inlet and full sump, 0.3 to 0.95.</summary>
    public double? ModulatedShare { get; init; }

    /// <summary>Share of full power unloaded and blown down (at full speed), 0.05 to 0.5.</summary>
    public double? UnloadedShare { get; init; }

    /// <summary>Sump pressure after blow-down.</summary>
    public double SumpMPa { get; init; } = 0.1;

    /// <summary>Time in which the sump falls to 2 % above its lowest pressure.</summary>
    public double BlowDownSeconds { get; init; } = 40;

    /// <summary>Time in which full flow fills a blown-down sump to the rated pressure.</summary>
    public double ReloadSeconds { get; init; } = 3;

    /// <summary>Lowest speed as a share of full speed, 0.15 to 0.9.</summary>
    public double TurnDownShare { get; init; } = 0.25;

    /// <summary>Equal steps of a multi-step machine, full load and no load not counted twice: 2 = 0, 50, 100 %.</summary>
    public int Steps { get; init; } = 4;

    /// <summary>Flow share at the surge line at rated head, 0.4 to 0.9.</summary>
    public double SurgeShare { get; init; } = 0.7;

    /// <summary>Power share at that flow: guide vanes waste less than a throttle.</summary>
    public double SurgePowerShare { get; init; } = 0.76;

    /// <summary>How long it idles unloaded before it stops; infinite = never stops by itself.</summary>
    public double IdleSeconds { get; init; } = 600;

    /// <summary>Star-delta, or the ramp of a drive.</summary>
    public double StartSeconds { get; init; } = 6;

    /// <summary>It idles on until the last start is this long ago, so that the motor is not started too often. 600 = 6 an hour.</summary>
    public double? SecondsBetweenStarts { get; init; }

    /// <summary>Full-load efficiency of the motor.</summary>
    public double MotorEfficiency { get; init; } = 0.955;

    /// <summary>Power factor of the motor at full load on the mains; a drive draws at 0.95.</summary>
    public double PowerFactor { get; init; } = 0.88;

    public double? AlarmCelsius { get; init; }

    public double? TripCelsius { get; init; }

    /// <summary>Electrical power at the rated point, W.</summary>
    public double RatedPowerW => SpecificPower * RatedFlowM3PerMin * 1e3;

    /// <summary>The pressure that no command lets it load beyond, MPa gauge.</summary>
    public double HighestMPa => MaximumMPa ?? Math.Max(RatedGaugeMPa, UnloadAboveMPa) + 0.08;

    /// <summary>Least time from one start of the motor to the next, s. A machine made to start and stop may do so at will.</summary>
    public double StartIntervalSeconds => SecondsBetweenStarts ?? (Control == CapacityControl.StartStop ? 0 : 600);

    /// <summary>Dry air at the rated point, kg/s.</summary>
    public double RatedKgPerSecond => RatedFlowM3PerMin / 60 * Surroundings.FadDensity;
}
