using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Cloud.Export;

/// <summary>A running cloud, asked over HTTP: what its tags are and what was measured.</summary>
public sealed class ExportSource(Uri server) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = !server.IsLoopback }) { BaseAddress = server };

    /// <summary>Null when there is no such station.</summary>
    /// <exception cref="ImportException">The cloud is not there, or what answers is none.</exception>
    public async Task<StationTags?> TagsAsync(string station, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync($"/api/v1/stations/{Uri.EscapeDataString(station)}/export/tags", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw new ImportException($"{server} answered {(int)answer.StatusCode}");
        try
        {
            return await answer.Content.ReadFromJsonAsync<StationTags>(Json, cancellationToken) is { Zone: not null, Tags: not null } known
                ? known
                : throw Foreign();
        }
        catch (JsonException)
        {
            throw Foreign();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new ImportException($"the cloud broke off: {e.Message}", e);
        }
    }

    /// <summary>The samples of a tag of a half-open period, by instant.</summary>
    /// <exception cref="ImportException">The cloud is not there, or broke off.</exception>
    public async IAsyncEnumerable<Sample> Samples(
        ExportTag tag, Interval period, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var station = TagId.Parse(tag.Id).Station;
        using var answer = await AskAsync(
            $"/api/v1/stations/{station}/export/samples?tag={Uri.EscapeDataString(tag.Id)}&from={Text(period.Start)}&to={Text(period.End)}",
            cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new ImportException($"the cloud answered {(int)answer.StatusCode} for {tag.Id}");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await LineAsync(reader, cancellationToken) is { } line)
        {
            if (line == "end") yield break;
            yield return Parse(line) ?? throw Foreign();
        }
        throw new ImportException($"the cloud broke off in the middle of {tag.Id}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> AskAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ImportException($"no cloud answers at {server}: {e.Message}", e);
        }
    }

    private static async Task<string?> LineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new ImportException($"the cloud broke off: {e.Message}", e);
        }
    }

    private ImportException Foreign() => new($"what {server} says is no answer of a cloud");

    private static Sample? Parse(string line)
    {
        var parts = line.Split(',');
        if (parts.Length != 3) return null;
        try
        {
            return new(
                Instant.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)),
                parts[1].Length == 0 ? null : long.Parse(parts[1], CultureInfo.InvariantCulture),
                Quality.FromCode(uint.Parse(parts[2], CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string Text(Instant at) =>
        Uri.EscapeDataString(at.ToString("uuuu-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
