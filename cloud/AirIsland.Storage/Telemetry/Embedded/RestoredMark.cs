using System.Text.Json;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// The file <c>restored.json</c> in a data directory that came out of a backup: until an administrator has confirmed the last invoice
/// number, none is to be issued.
/// </summary>
public sealed record RestoredMark(DateTimeOffset TakenAt, DateTimeOffset RestoredAt)
{
    public const string FileName = "restored.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Null when nothing is to be confirmed.</summary>
    public static RestoredMark? Of(string data)
    {
        var path = Path.Combine(data, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<RestoredMark>(File.ReadAllBytes(path), Json) : null;
    }

    internal static void Set(string data, DateTimeOffset takenAt, DateTimeOffset restoredAt) =>
        DurableFile.Write(Path.Combine(data, FileName), JsonSerializer.SerializeToUtf8Bytes(new RestoredMark(takenAt, restoredAt), Json));
}
