using System.Text.Json;

namespace AirIsland.Benchmarks;

/// <summary>What a benchmark prints: raw figures, the machine, and the bars that were set for it.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Prints the JSON line; gives the exit code.</summary>
    public static int Print(string name, object figures, params Bar[] bars)
    {
        var machine = new
        {
            cores = Environment.ProcessorCount,
            os = Environment.OSVersion.ToString(),
            runtime = Environment.Version.ToString(),
        };
        Console.WriteLine(JsonSerializer.Serialize(new { benchmark = name, figures, machine, bars }, Json));
        return bars.All(b => b.Met) ? 0 : 1;
    }

    public static int Usage(params string[] names)
    {
        Console.Error.WriteLine($"usage: AirIsland.Benchmarks {string.Join('|', names)}");
        return 2;
    }
}
