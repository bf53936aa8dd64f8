using System.Text.Json;
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
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public required string Name { get; init; }

    /// <summary>What it shows and what it assumes.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required IReadOnlyList<ScenarioStation> Stations { get; init; }

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

    private static IEnumerable<(CompressorSpec Spec, ScenarioMachine Of)> Specs(ScenarioMachine machine)
    {
        var known = CompressorCatalogue.All.FirstOrDefault(c => c.Id == machine.Kind) ?? throw new FormatException(
            $"there is no machine '{machine.Kind}'; there are {string.Join(", ", CompressorCatalogue.All.Select(c => c.Id))}");
        return Enumerable.Range(0, machine.Count).Select(i => (known with
        {
            Id = $"{machine.Kind}-{i + 1}",
            RatedFlowM3PerMin = machine.FlowM3PerMin ?? known.RatedFlowM3PerMin,
            SpecificPower = machine.SpecificPower ?? known.SpecificPower,
            LoadBelowMPa = machine.LoadMPa - i * machine.CascadeMPa,
            UnloadAboveMPa = machine.UnloadMPa - i * machine.CascadeMPa,
            TargetMPa = machine.TargetMPa - i * machine.CascadeMPa ?? known.TargetMPa,
            IdleSeconds = machine.IdleSeconds ?? known.IdleSeconds,
        }, machine));
    }

    private static BranchSpec Spec(ScenarioBranch branch) => new()
    {
        Consumer = branch.Company switch
        {
            "lifode" => KnownConsumers.Lifode,
            "songyuan" => KnownConsumers.Songyuan,
            _ => throw new FormatException($"there is no company '{branch.Company}'; there are lifode, songyuan"),
        },
        LengthM = branch.LengthM,
        DiameterMm = branch.DiameterMm,
        At = branch.At,
        RegulatedMPa = branch.RegulatedMPa,
    };
}
