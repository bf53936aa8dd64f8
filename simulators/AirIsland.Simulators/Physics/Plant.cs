using System.Collections.Immutable;

namespace AirIsland.Simulators.Physics;

/// <summary>
/// The station 牟山 (moushan): two fixed-speed and one variable-speed screw compressor, receiver, refrigerated dryer, header, and the
/// branches to Lifode 利佛德 and Songyuan 松原. Pure and seeded: no clock, no I/O, the same steps give the same plant. Not thread-safe.
/// </summary>
public sealed class Plant
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);

    private readonly Weather _weather;

    public Plant(PlantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Instant = options.Start;
        _weather = new(new Random(options.Seed), options.SiteOffset);
        Ambient = _weather.At(Instant);
        Compressors =
        [
            new(new() { Id = "compressor-1", FlowM3PerMin = 20, SpecificPower = 5.6, LoadBelowMPa = 0.67, UnloadAboveMPa = 0.75 }),
            new(new() { Id = "compressor-2", FlowM3PerMin = 20, SpecificPower = 5.6, LoadBelowMPa = 0.65, UnloadAboveMPa = 0.74 }),
            new(new()
            {
                Id = "compressor-3",
                FlowM3PerMin = 24,
                SpecificPower = 5.7,
                LoadBelowMPa = 0.69,
                UnloadAboveMPa = 0.77,
                LowestShare = 0.25,
                IdleSeconds = 120,
            }),
        ];
        Compressors[2].BeginLoaded();
        Lifode = new("lifode", Uses(Demand.Lifode, 1), lengthM: 300, diameterMm: 100)
        {
            LeakDiameterMm = options.LeakDiameterMm,
            LeakOpen = options.LeakOpen,
        };
        Songyuan = new("songyuan", Uses(Demand.Songyuan, 2), lengthM: 400, diameterMm: 125);
        Branches = [Lifode, Songyuan];

        Demand Uses(DailyCurve curve, int stream) =>
            new(curve, new Random(unchecked(options.Seed + 7919 * stream)), options.SiteOffset, options.RestDay);
    }

    public DateTimeOffset Instant { get; private set; }

    public InletAir Ambient { get; private set; }

    public ImmutableArray<Compressor> Compressors { get; }

    public Receiver Receiver { get; } = new(volumeM3: 10, gaugeMPa: CompressorRating.PressureMPa);

    public Dryer Dryer { get; } = new();

    public Branch Lifode { get; }

    public Branch Songyuan { get; }

    public ImmutableArray<Branch> Branches { get; }

    /// <summary>Pressure behind the dryer, MPa(g).</summary>
    public double HeaderGaugeMPa => Math.Max(0, Receiver.GaugeMPa - Dryer.DropMPa);

    /// <summary>Temperature of the air in the pipes, °C.</summary>
    public double LineCelsius => Ambient.Celsius + 6;

    /// <summary>All machines of the station on its one supply line.</summary>
    public ElectricLoad Electricity => Compressors.Aggregate(Dryer.Electricity, (sum, compressor) => sum + compressor.Electricity);

    public double ProducedNormalM3 { get; private set; }

    public PlantTruth Truth => new(
        Instant,
        Electricity.KilowattHours,
        ProducedNormalM3,
        Receiver.StoredNormalM3,
        [.. Branches.Select(b => new CompanyTruth(b.Company, b.MeteredNormalM3, b.ConsumedNormalM3, b.LeakedNormalM3))]);

    /// <summary>Lets time pass. Steps over one second are cut into equal parts of at most one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public void Step(TimeSpan dt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dt, TimeSpan.Zero);
        var parts = (int)Math.Ceiling(dt / LongestStep);
        var end = Instant + dt;
        for (var left = parts; left > 0; left--) StepOnce((end - Instant) / left);
    }

    /// <summary>Sets the time of day without letting anything flow: the pause of a standing start and stop.</summary>
    public void MoveClock(DateTimeOffset instant) => Instant = instant;

    private void StepOnce(TimeSpan dt)
    {
        var seconds = dt.TotalSeconds;
        Instant += dt;
        Ambient = _weather.At(Instant);
        var (receiver, header) = (Receiver.GaugeMPa, HeaderGaugeMPa);

        var fad = 0.0;
        foreach (var compressor in Compressors)
        {
            compressor.Step(seconds, receiver, Ambient);
            fad += compressor.FlowM3PerMin;
        }
        var produced = fad * Air.NormalPerFad * seconds / 60;
        ProducedNormalM3 += produced;

        var taken = 0.0;
        foreach (var branch in Branches) taken += branch.Step(Instant, seconds, header);

        Dryer.Step(seconds, taken / seconds * 60 / Air.NormalPerFad, Ambient);
        Receiver.Add(produced - taken);
    }
}
