using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AirIsland.Demo.Summary;

/// <summary>Asks the cloud what any user of its HTTP API could ask.</summary>
internal sealed class ChainClient(Uri web) : IDisposable
{
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = web, Timeout = TimeSpan.FromSeconds(20) };

    public async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync("healthz", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>What all registers of the station cover, and the ratio over it.</summary>
    public async Task<(DateTimeOffset From, DateTimeOffset To, decimal? Ratio, string State)?> RatioAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var report = await GetAsync($"api/v1/stations/moushan/ratio?from={Text(from)}&to={Text(to)}&by=hour", cancellationToken);
        var total = report.RootElement.GetProperty("total");
        if (total.GetProperty("coveredFrom").GetString() is not { } first) return null;
        if (total.GetProperty("coveredTo").GetString() is not { } last) return null;
        var ratio = total.GetProperty("kWhPerM3");
        return (DateTimeOffset.Parse(first, CultureInfo.InvariantCulture), DateTimeOffset.Parse(last, CultureInfo.InvariantCulture),
            ratio.ValueKind == JsonValueKind.Null ? null : ratio.GetDecimal(),
            report.RootElement.GetProperty("referenceState").GetString() ?? "");
    }

    /// <summary>The bill from the company's first read to its last: the API names both when a period is not covered.</summary>
    public async Task<(string VolumeM3, string AmountCny)> BillAsync(
        string company, DateTimeOffset around, CancellationToken cancellationToken)
    {
        var wide = $"from={around.AddDays(-100):yyyy-MM-dd}&to={around.AddDays(100):yyyy-MM-dd}";
        using var uncovered = await GetAsync($"api/v1/companies/{company}/bill?{wide}", cancellationToken);
        var first = uncovered.RootElement.GetProperty("firstRead").GetString();
        var last = uncovered.RootElement.GetProperty("lastRead").GetString();
        using var bill = await GetAsync(
            $"api/v1/companies/{company}/bill?from={WebUtility.UrlEncode(first)}&to={WebUtility.UrlEncode(last)}", cancellationToken);
        return (bill.RootElement.GetProperty("volumeM3").GetString() ?? "", bill.RootElement.GetProperty("amountCny").GetString() ?? "");
    }

    /// <summary>The sum of the leak estimates of all companies that can be told, or null when none can.</summary>
    public async Task<double?> LeakAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var leaks = await GetAsync($"api/v1/stations/moushan/leaks?from={Text(from)}&to={Text(to)}", cancellationToken);
        var known = leaks.RootElement.GetProperty("estimates").EnumerateArray().Select(e => e.GetProperty("m3PerMin"))
            .Where(e => e.ValueKind == JsonValueKind.Number).Select(e => e.GetDouble()).ToList();
        return known.Count == 0 ? null : known.Sum();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(path, cancellationToken);
        // A conflict carries what reads there are; anything else that is no success is no answer.
        if (answer.StatusCode != HttpStatusCode.Conflict) answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static string Text(DateTimeOffset at) =>
        WebUtility.UrlEncode(at.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
}
