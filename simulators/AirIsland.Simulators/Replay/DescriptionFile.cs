using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Replay;

/// <summary>Reads a replay's description from its JSON file.</summary>
public static class DescriptionFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The description, with <see cref="ReplayDescription.File"/> as seen from its own directory.</summary>
    /// <exception cref="ReplayException">It is not there, or is no description.</exception>
    public static ReplayDescription Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var description = Parse(path);
        return description.File.Length == 0
            ? description
            : description with { File = Path.Combine(Path.GetDirectoryName(path) ?? "", description.File) };
    }

    private static ReplayDescription Parse(string path)
    {
        try
        {
            using var json = File.OpenRead(path);
            var description = JsonSerializer.Deserialize<ReplayDescription>(json, Format);
            // The serializer watches over the nulls of members, not over those in lists.
            return description is null
                || description.Devices.Any(device => device is null || device.Points.Values.Any(point => point is null))
                ? throw new ReplayException(path, ["null is no description, no device and no point"])
                : description;
        }
        catch (JsonException e)
        {
            throw new ReplayException(path, [e.Message], e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReplayException(path, [e.Message], e);
        }
    }
}
