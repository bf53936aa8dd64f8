using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>One row of an answer: its instant (ns since 1970 UTC) and its numbers by column; a column without one is not there.</summary>
internal sealed record InfluxRow(long Nanoseconds, IReadOnlyDictionary<string, JsonElement> Numbers)
{
    // InfluxDB 3 writes UTC without saying so.
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFFFFFFFF");

    /// <summary>The rows of one piece of a chunked answer of 1.x or 2.x.</summary>
    /// <exception cref="InvalidDataException">The piece says that the query failed, which comes with HTTP 200.</exception>
    public static IEnumerable<InfluxRow> OfChunk(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out var fault)) throw new InvalidDataException(fault.ToString());
        if (!chunk.TryGetProperty("results", out var results)) yield break;
        foreach (var result in results.EnumerateArray())
        {
            if (result.TryGetProperty("error", out var wrong)) throw new InvalidDataException(wrong.ToString());
            if (!result.TryGetProperty("series", out var series)) continue;
            foreach (var one in series.EnumerateArray())
            {
                string[] columns = [.. one.GetProperty("columns").EnumerateArray().Select(c => c.GetString() ?? "")];
                foreach (var values in one.GetProperty("values").EnumerateArray())
                {
                    var numbers = new Dictionary<string, JsonElement>(columns.Length, StringComparer.Ordinal);
                    for (var i = 1; i < columns.Length; i++)
                        if (values[i].ValueKind == JsonValueKind.Number) numbers[columns[i]] = values[i];
                    yield return new(values[0].GetInt64(), numbers);
                }
            }
        }
    }

    /// <summary>The row of one line of an answer of 3.x.</summary>
    /// <exception cref="InvalidDataException">The line is no row.</exception>
    public static InfluxRow OfLine(JsonElement line)
    {
        if (!line.TryGetProperty("time", out var time) || Time.Parse((time.GetString() ?? "").TrimEnd('Z')) is not { Success: true } at)
            throw new InvalidDataException($"a row without a time: {line}");
        var since = at.Value.InUtc().ToInstant() - NodaConstants.UnixEpoch;
        var numbers = line.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number).ToDictionary(p => p.Name, p => p.Value);
        return new(since.ToInt64Nanoseconds(), numbers);
    }
}
