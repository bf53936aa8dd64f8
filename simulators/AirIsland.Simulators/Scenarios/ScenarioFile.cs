using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Scenarios.Events;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>
/// A scenario: stations that live through the same time, to be compared, or one to which something happens. A small JSON file below
/// this folder. A station may begin as one of another scenario: see <see cref="ScenarioText"/>.
/// </summary>
public sealed record ScenarioFile
{
    /// <summary>Longest time that a scenario lasts.</summary>
    public const int MostDays = 3650;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        // "NaN" is a text.
        NumberHandling = JsonNumberHandling.Strict,
        // "kind" may stand anywhere.
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string Name { get; init; }

    /// <summary>What it shows and what it assumes.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it lasts, 1 to 3650 days. Default: a year.</summary>
    public int Days { get; init; } = 365;

    /// <summary>How far apart the rows of its recorded data are, 1 to 86,400 s.</summary>
    public int EverySeconds { get; init; } = 60;

    public required IReadOnlyList<ScenarioStation> Stations { get; init; }

    /// <summary>What happens to its stations, to each of them.</summary>
    public IReadOnlyList<ScenarioEvent> Events { get; init; } = [];

    /// <summary>Whether it has a station on either side of a comparison.</summary>
    public bool IsComparison => Stations.Any(s => s.Side == ScenarioSide.Before) && Stations.Any(s => s.Side == ScenarioSide.After);

    /// <summary>The scenarios there are.</summary>
    public static IReadOnlyList<string> Names => ScenarioText.Names;

    /// <exception cref="FormatException">There is none of that name, or its file is wrong; the message says what.</exception>
    public static ScenarioFile Load(string name)
    {
        using var stream = ScenarioText.Open(name);
        return Read(stream, name);
    }

    /// <exception cref="FormatException">The file is wrong; the message says what.</exception>
    public static ScenarioFile Read(Stream json, string name)
    {
        try
        {
            var scenario = ScenarioText.Complete(json).Deserialize<ScenarioFile>(Json);
            if (scenario is null) throw new JsonException("a JSON object is wanted");
            return ScenarioCheck.MistakeIn(scenario) is { } mistake ? throw new FormatException($"scenario '{name}': {mistake}") : scenario;
        }
        // Not supported: a closed set of kinds without a kind.
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new FormatException($"scenario '{name}': {OneLine(e)}", e);
        }
    }

    /// <summary>A station of the scenario, ready to live.</summary>
    /// <exception cref="FormatException">It names a machine or company that is not known, or cannot be; the message says why.</exception>
    public Station Build(ScenarioStation station, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(station);
        try
        {
            return BuildPlain(station, seed);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new FormatException($"scenario '{Name}', station '{station.Name}': {OneLine(e)}", e);
        }
    }

    /// <summary>A station of the scenario with its meters.</summary>
    /// <exception cref="FormatException">It names something that is not known; the message says what.</exception>
    public MeteredStation BuildMetered(ScenarioStation station, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(station);
        var built = Build(station, seed);
        try
        {
            return new(built, station.Meters, unchecked((int)seed));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or FileNotFoundException)
        {
            throw new FormatException($"scenario '{Name}', station '{station.Name}': {OneLine(e)}", e);
        }
    }

    /// <summary>What happens to one of its stations.</summary>
    /// <exception cref="FormatException">An event does not fit the station; the message says why.</exception>
    public Timeline EventsOf(MeteredStation plant)
    {
        try
        {
            return new(Events, plant);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"scenario '{Name}': {OneLine(e)}", e);
        }
    }

    /// <summary>The station of that name; the first, when it is empty.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public ScenarioStation StationOf(string name) =>
        Stations.FirstOrDefault(s => name.Length == 0 || s.Name == name) ?? throw new FormatException(
            $"scenario '{Name}' has no station '{name}'; it has {string.Join(", ", Stations.Select(s => s.Name))}");

    private Station BuildPlain(ScenarioStation station, ulong seed)
    {
        var machines = station.Machines.SelectMany(Specs).ToArray();
        var built = new Station(new()
        {
            Seed = seed,
            Start = Start,
            Compressors = [.. machines.Select(m => m.Spec)],
            WetReceiverM3 = station.WetReceiverM3,
            DryReceiverM3 = station.DryReceiverM3,
            Treatment = station.Treatment,
            HeatRecovery = station.HeatRecovery,
            Control = station.Control,
            Mains = station.Mains,
            Branches = [.. station.Branches.Select(Spec)],
            Leaks = station.Leaks,
        });
        for (var i = 0; i < machines.Length; i++)
        {
            var machine = machines[i].Of;
            var condition = new CompressorCondition { CapacityLoss = machine.CapacityLoss, PowerGain = machine.PowerGain };
            if (condition.Mistake is { } mistake) throw new FormatException($"{built.Compressors[i].Spec.Id}: {mistake}");
            built.Compressors[i].Condition = condition;
        }
        return built;
    }

    /// <summary>Some messages have a second line with the value.</summary>
    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");

    private static IEnumerable<(CompressorSpec Spec, ScenarioMachine Of)> Specs(ScenarioMachine machine)
    {
        var known = CompressorCatalogue.All.FirstOrDefault(c => c.Id == machine.Kind) ?? throw new FormatException(
            $"there is no machine '{machine.Kind}'; there are {string.Join(", ", CompressorCatalogue.All.Select(c => c.Id))}");
        return Enumerable.Range(0, machine.Count).Select(i => (known with
        {
            Id = machine is { Id: { } id, Count: 1 } ? id : $"{machine.Id ?? machine.Kind}-{i + 1}",
            RatedFlowM3PerMin = machine.FlowM3PerMin ?? known.RatedFlowM3PerMin,
            SpecificPower = machine.SpecificPower ?? known.SpecificPower,
            LoadBelowMPa = machine.LoadMPa - i * machine.CascadeMPa,
            UnloadAboveMPa = machine.UnloadMPa - i * machine.CascadeMPa,
            TargetMPa = machine.TargetMPa - i * machine.CascadeMPa ?? known.TargetMPa,
            TurnDownShare = machine.TurnDownShare ?? known.TurnDownShare,
            IdleSeconds = machine.IdleSeconds ?? known.IdleSeconds,
        }, machine));
    }

    private static BranchSpec Spec(ScenarioBranch branch) => new()
    {
        Consumer = (branch.Company, branch.Consumer) switch
        {
            (null, { } described) => described,
            ("lifode", null) => KnownConsumers.Lifode,
            ("songyuan", null) => KnownConsumers.Songyuan,
            (null, null) or (not null, not null) => throw new FormatException("a branch names a known company or describes one"),
            _ => throw new FormatException($"there is no company '{branch.Company}'; there are lifode, songyuan"),
        },
        LengthM = branch.LengthM,
        DiameterMm = branch.DiameterMm,
        VolumeM3 = branch.VolumeM3,
        At = branch.At,
        RegulatedMPa = branch.RegulatedMPa,
    };
}
