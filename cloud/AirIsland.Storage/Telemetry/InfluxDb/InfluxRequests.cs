using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>
/// The shapes of the requests of the three versions. Times are always nanoseconds: the versions spell every other precision differently,
/// and 1.6.7 takes a spelling that it does not know for nanoseconds without a word.
/// </summary>
internal sealed class InfluxRequests(InfluxDbOptions options)
{
    private readonly string _url = options.Url.TrimEnd('/');

    public HttpRequestMessage Write(HttpContent gzippedLines)
    {
        var database = Uri.EscapeDataString(options.Database);
        var address = options.Version switch
        {
            InfluxDbVersion.V1 => $"/write?db={database}&precision=ns",
            InfluxDbVersion.V2 => $"/api/v2/write?org={Uri.EscapeDataString(options.Organisation)}&bucket={database}&precision=ns",
            // Without no_sync an answer comes after the log is on disk, as acknowledging wants it.
            _ => $"/api/v3/write_lp?db={database}&precision=nanosecond&accept_partial=true&no_sync=false",
        };
        gzippedLines.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        gzippedLines.Headers.ContentEncoding.Add("gzip");
        return Signed(new HttpRequestMessage(HttpMethod.Post, _url + address) { Content = gzippedLines });
    }

    public HttpRequestMessage Query(string influxQl)
    {
        var (database, query) = (Uri.EscapeDataString(options.Database), Uri.EscapeDataString(influxQl));
        var chunk = options.ChunkSize.ToString(CultureInfo.InvariantCulture);
        return Signed(new HttpRequestMessage(HttpMethod.Get, _url + (options.Version == InfluxDbVersion.V3
            ? $"/api/v3/query_influxql?db={database}&format=jsonl&q={query}"
            : $"/query?db={database}&epoch=ns&chunked=true&chunk_size={chunk}&q={query}")));
    }

    /// <summary>1.x only: makes the database; does nothing when it is there. A GET would be refused one day.</summary>
    public HttpRequestMessage Create() => Signed(new HttpRequestMessage(HttpMethod.Post, $"{_url}/query")
    {
        Content = new FormUrlEncodedContent(
            [new("q", $"CREATE DATABASE \"{options.Database.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")]),
    });

    private HttpRequestMessage Signed(HttpRequestMessage request)
    {
        request.Headers.Authorization = options.Version switch
        {
            InfluxDbVersion.V1 when options.User.Length > 0 => new("Basic", Basic(options.User, options.Password)),
            InfluxDbVersion.V2 => new("Token", options.Token),
            InfluxDbVersion.V3 when options.Token.Length > 0 => new("Bearer", options.Token),
            _ => null,
        };
        return request;
    }

    private static string Basic(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
