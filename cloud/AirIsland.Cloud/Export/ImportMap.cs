using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirIsland.Cloud.Export;

/// <summary>How a CSV file becomes tags: its writing, its time, its columns. Read from JSON; what it does not know is a mistake.</summary>
public sealed record ImportMap
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public ImportTime Time { get; init; } = new();

    /// <summary>utf-8 (with or without BOM), gb18030, or another name that .NET knows. Default utf-8.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>One character. Default a comma.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>Numbers are written 1,5. Default false.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Cells that say that nothing was measured, beside empty ones.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<ImportColumn> Columns { get; init; } = [];

    /// <exception cref="ImportException">It cannot be read, or has mistakes; all are named.</exception>
    public static ImportMap Parse(string json)
    {
        ImportMap map;
        try
        {
            map = JsonSerializer.Deserialize<ImportMap>(json, Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new ImportException($"the map cannot be read: {e.Message}", e);
        }
        var mistakes = map.Mistakes().ToList();
        return mistakes.Count == 0 ? map : throw new ImportException(string.Join('\n', mistakes));
    }

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>
    /// A number of the import: the same file by the same map at the same station is the same import, so that nothing is stored twice and
    /// one that was broken off goes on.
    /// </summary>
    public ulong Epoch(ReadOnlySpan<byte> fileHash, string station)
    {
        var all = SHA256.HashData([.. fileHash, .. System.Text.Encoding.UTF8.GetBytes($"\n{station}\n{Write()}")]);
        return Math.Max(1, BitConverter.ToUInt64(all));
    }

    /// <summary>The file's encoding.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Encoding TextEncoding()
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return System.Text.Encoding.GetEncoding(Encoding);
    }

    private IEnumerable<string> Mistakes()
    {
        foreach (var mistake in Time.Mistakes()) yield return mistake;
        if (Delimiter.Length != 1) yield return $"delimiter '{Delimiter}' is not one character";
        else if (DecimalComma && Delimiter == ",") yield return "a decimal comma wants another delimiter";
        if (EncodingFault() is { } fault) yield return fault;
        if (Columns.Count is 0 or > 1_000) yield return $"{Columns.Count} columns are not between 1 and 1000";
        foreach (var mistake in Columns.SelectMany(c => c.Mistakes())) yield return mistake;
        foreach (var twice in Columns.GroupBy(c => c.Tag).Where(g => g.Count() > 1)) yield return $"tag '{twice.Key}' is there twice";
    }

    private string? EncodingFault()
    {
        try
        {
            _ = TextEncoding();
            return null;
        }
        catch (ArgumentException)
        {
            return $"encoding '{Encoding}' is not known";
        }
    }
}
