using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>A scenario: stations that live through the same time, for a comparison. A small JSON file beside this one.</summary>
public sealed record ScenarioFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string Name { get; init; }

    /// <summary>What it shows and what it assumes.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required IReadOnlyList<ScenarioStation> Stations { get; init; }

    /// <summary>Whether it has a station on either side of a comparison.</summary>
    public bool IsComparison => Stations.Any(s => s.Side == ScenarioSide.Before) && Stations.Any(s => s.Side == ScenarioSide.After);

    /// <summary>The scenarios there are.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ScenarioFile).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("scenarios/", StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n)).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="FormatException">There is none of that name, or its file is wrong; the message says what.</exception>
    public static ScenarioFile Load(string name)
    {
        using var stream = typeof(ScenarioFile).Assembly.GetManifestResourceStream($"scenarios/{name}.json")
            ?? throw new FormatException($"there is no scenario '{name}'; there are {string.Join(", ", Names)}");
        return Read(stream, name);
    }

    /// <exception cref="FormatException">The file is wrong; the message says what.</exception>
    public static ScenarioFile Read(Stream json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<ScenarioFile>(json, Json) ?? throw new FormatException($"scenario '{name}' is empty");
        }
        catch (JsonException e)
        {
            throw new FormatException($"scenario '{name}': {e.Message}", e);
        }
    }

    /// <summary>A station of the scenario, ready to live.</summary>
    /// <exception cref="FormatException">It names a machine or company that is not known.</exception>
    public Station Build(ScenarioStation station, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(station);
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
            Mains = station.Mains,
            Branches = [.. station.Branches.Select(Spec)],
            Leaks = station.Leaks,
        });
        for (var i = 0; i < machines.Length; i++)
        {
            var machine = machines[i].Of;
            built.Compressors[i].Condition = new() { CapacityLoss = machine.CapacityLoss, PowerGain = machine.PowerGain };
        }
        return built;
    }

    /// <summary>The station of that name; the first, when it is empty.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public ScenarioStation StationOf(string name) =>
        Stations.FirstOrDefault(s => name.Length == 0 || s.Name == name) ?? throw new FormatException(
            $"scenario '{Name}' has no station '{name}'; it has {string.Join(", ", Stations.Select(s => s.Name))}");

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
