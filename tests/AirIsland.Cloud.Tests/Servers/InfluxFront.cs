using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AirIsland.Cloud.Tests.Servers;

/// <summary>
/// The addresses of InfluxDB 2.x and 3.x as their documentation has them, before a real 1.6.7: it refuses a request that is not as
/// documented and hands on what is. What the real servers do beyond that, no test here can know.
/// </summary>
internal sealed class InfluxFront : IAsyncDisposable
{
    public const string Token = "s3cret-token";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<string> _refused = [];
    private readonly string _behind;
    private WebApplication? _app;

    private InfluxFront(string behind) => _behind = behind;

    public string Url => _app!.Urls.Single();

    /// <summary>What was wrong with requests, in words.</summary>
    public IReadOnlyList<string> Refused => _refused;

    /// <summary>Answers that it gives to the next requests instead of handing them on: status and body.</summary>
    public Queue<(int Status, string Body)> Instead { get; } = [];

    /// <summary>What every answer waits for.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    public static async Task<InfluxFront> StartAsync(string behind)
    {
        var front = new InfluxFront(behind);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = front._app = builder.Build();
        app.Run(front.AnswerAsync);
        await app.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await BeforeAnswer();
        if (Instead.TryDequeue(out var instead))
        {
            context.Response.StatusCode = instead.Status;
            await context.Response.WriteAsync(instead.Body);
            return;
        }
        var (path, query) = (context.Request.Path.Value, context.Request.Query);
        var task = path switch
        {
            "/api/v2/write" => WriteAsync(context, query["bucket"], "Token", Is(query, ("org", "island"), ("precision", "ns"))),
            "/query" => QueryAsync(context, "Token", isThree: false, Is(query, ("epoch", "ns"), ("chunked", "true"))),
            "/api/v3/write_lp" => WriteAsync(
                context, query["db"], "Bearer",
                Is(query, ("precision", "nanosecond"), ("accept_partial", "true"), ("no_sync", "false"))),
            "/api/v3/query_influxql" => QueryAsync(context, "Bearer", isThree: true, Is(query, ("format", "jsonl"))),
            _ => RefuseAsync(context, 404, $"no such address: {path}"),
        };
        await task;
    }

    private static string? Is(IQueryCollection query, params (string Name, string Value)[] wanted) => wanted
        .Where(w => query[w.Name] != w.Value).Select(w => $"{w.Name} is '{query[w.Name]}', not '{w.Value}'").FirstOrDefault();

    private async Task WriteAsync(HttpContext context, string? database, string scheme, string? wrong)
    {
        var request = context.Request;
        wrong ??= request.Method != "POST" ? "no POST" : request.Headers.ContentEncoding != "gzip" ? "not gzipped" : null;
        if (request.Headers.Authorization != $"{scheme} {Token}") await RefuseAsync(context, 401, $"no {scheme}");
        else if (wrong is not null) await RefuseAsync(context, 400, wrong);
        else
        {
            using var body = new StreamContent(request.Body);
            body.Headers.ContentEncoding.Add("gzip");
            using var made = await _http.PostAsync(
                $"{_behind}/query", new FormUrlEncodedContent([new("q", $"CREATE DATABASE {database}")]));
            using var answer = await _http.PostAsync($"{_behind}/write?db={database}&precision=ns", body);
            context.Response.StatusCode = (int)answer.StatusCode;
            if (!answer.IsSuccessStatusCode) await answer.Content.CopyToAsync(context.Response.Body);
        }
    }

    private async Task QueryAsync(HttpContext context, string scheme, bool isThree, string? wrong)
    {
        if (context.Request.Headers.Authorization != $"{scheme} {Token}") await RefuseAsync(context, 401, $"no {scheme}");
        else if (wrong is not null) await RefuseAsync(context, 400, wrong);
        else
        {
            var query = context.Request.Query;
            var (database, question) = (query["db"].ToString(), Uri.EscapeDataString(query["q"].ToString()));
            var answer = await _http.GetStringAsync($"{_behind}/query?db={database}&epoch=ns&q={question}");
            await context.Response.WriteAsync(isThree ? Lines(answer) : answer);
        }
    }

    private async Task RefuseAsync(HttpContext context, int status, string why)
    {
        lock (_refused) _refused.Add(why);
        context.Response.StatusCode = status;
        // 2.x tells the token's owner what it heard; ours is not to pass that on.
        await context.Response.WriteAsync(JsonSerializer.Serialize(new { code = "invalid", message = why }));
    }

    /// <summary>An answer of 1.x as 3.x would write it: a JSON object a row, times as text without a zone.</summary>
    private static string Lines(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        var lines = new List<string>();
        foreach (var result in document.RootElement.GetProperty("results").EnumerateArray())
        {
            if (!result.TryGetProperty("series", out var series)) continue;
            foreach (var one in series.EnumerateArray())
            {
                string[] columns = [.. one.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)];
                foreach (var row in one.GetProperty("values").EnumerateArray())
                {
                    var fields = columns.Skip(1).Select((c, i) => $"{JsonSerializer.Serialize(c)}:{row[i + 1].GetRawText()}");
                    var (ticks, rest) = Math.DivRem(row[0].GetInt64(), 100);
                    var time = DateTime.UnixEpoch.AddTicks(ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
                    lines.Add($"{{\"iox::measurement\":{JsonSerializer.Serialize(one.GetProperty("name").GetString())}"
                        + $",\"time\":\"{time}{rest:00}\",{string.Join(',', fields)}}}");
                }
            }
        }
        return string.Join('\n', lines);
    }
}
