using System.IO.Compression;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>InfluxDB over HTTP: writes lines, asks InfluxQL. May be called from many threads.</summary>
internal sealed class InfluxClient : IDisposable
{
    private readonly InfluxDbOptions _options;
    private readonly InfluxRequests _requests;
    private readonly HttpClient _http;

    public InfluxClient(InfluxDbOptions options)
    {
        (_options, _requests) = (options, new InfluxRequests(options));
        _http = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            // A proxy of the environment is for the world outside.
            UseProxy = !new Uri(options.Url).IsLoopback,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        })
        {
            Timeout = options.Timeout,
        };
    }

    /// <summary>
    /// Writes lines. Null: all are written. A text: the server will never take them as they are, though it may have taken some.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The server was not there, or would not now; write the same lines again.</exception>
    public async Task<string?> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        var body = Gzipped(lines.Span);
        var isMade = false;
        for (var attempt = 1; ; attempt++)
        {
            var (status, said) = await TryAsync(() => _requests.Write(new ByteArrayContent(body)), cancellationToken);
            if (status is >= 200 and < 300) return null;
            // Some of the lines are stored, and never more of them.
            if (status is 400 or 422) return said;
            if (status == 404 && _options.Version == InfluxDbVersion.V1 && !isMade)
            {
                (status, said) = await TryAsync(_requests.Create, cancellationToken);
                isMade = status == 200 ? true : throw Unavailable(status, said);
                continue;
            }
            if (attempt >= _options.Tries || status is not (0 or 429 or >= 500)) throw Unavailable(status, said);
            await Task.Delay(_options.Rest * Math.Pow(2, attempt - 1), cancellationToken);
        }
    }

    /// <summary>The rows of a question, as they come; memory is bounded by one piece of the answer.</summary>
    /// <exception cref="StoreUnavailableException">The server was not there, or the question failed.</exception>
    public async IAsyncEnumerable<InfluxRow> Query(string influxQl, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = _requests.Query(influxQl);
        using var answer = await AskAsync(request, cancellationToken);
        if (answer is null) yield break;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await LineAsync(reader, cancellationToken) is { } line)
        {
            if (line.Length == 0) continue;
            foreach (var row in Rows(line)) yield return row;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage?> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (IsSilence(e, cancellationToken))
        {
            throw new StoreUnavailableException($"InfluxDB did not answer: {e.Message}", e);
        }
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            var said = Shortened(await answer.Content.ReadAsStringAsync(cancellationToken));
            // A database into which nothing was ever written.
            return answer.StatusCode == HttpStatusCode.NotFound && said.Contains("not found", StringComparison.OrdinalIgnoreCase)
                && _options.Version != InfluxDbVersion.V2 ? null : throw Unavailable((int)answer.StatusCode, said);
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
            throw new StoreUnavailableException($"InfluxDB broke off its answer: {e.Message}", e);
        }
    }

    private List<InfluxRow> Rows(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            // The document is given back when it was read: what is kept is cut out of it.
            var root = document.RootElement.Clone();
            return _options.Version == InfluxDbVersion.V3 ? [InfluxRow.OfLine(root)] : [.. InfluxRow.OfChunk(root)];
        }
        catch (InvalidDataException e) when (e.Message.StartsWith("database not found", StringComparison.Ordinal))
        {
            return [];
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new StoreUnavailableException($"InfluxDB could not answer: {Shortened(e.Message)}", e);
        }
    }

    /// <summary>What the server said; status 0 when it did not.</summary>
    private async Task<(int Status, string Said)> TryAsync(Func<HttpRequestMessage> made, CancellationToken cancellationToken)
    {
        try
        {
            using var request = made();
            using var answer = await _http.SendAsync(request, cancellationToken);
            return ((int)answer.StatusCode, Shortened(await answer.Content.ReadAsStringAsync(cancellationToken)));
        }
        catch (Exception e) when (IsSilence(e, cancellationToken))
        {
            return (0, e.Message);
        }
    }

    private static bool IsSilence(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static StoreUnavailableException Unavailable(int status, string said) => new(
        status == 0 ? $"InfluxDB did not answer: {said}" : $"InfluxDB answered {status}: {said}", new HttpRequestException(said));

    private static string Shortened(string said) => said.Length <= 500 ? said.Trim() : said[..500].Trim() + "…";

    private static byte[] Gzipped(ReadOnlySpan<byte> lines)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(lines);
        return output.ToArray();
    }
}
