using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using AirIsland.Cloud.Ingest;
using AirIsland.Domain.Metering;

namespace AirIsland.Cloud.Export;

/// <summary>
/// <c>AirIsland.Cloud import</c>: a CSV file into a running cloud, as an edge of its own. The same file by the same map stores nothing
/// twice, and one that was broken off goes on. Exit 0 done, 1 failed, 2 wrong call.
/// </summary>
public static class ImportCommand
{
    /// <summary>How the names of imports begin, and of no site's edge: of these the station's tags are those of all catalogues.</summary>
    private const string Prefix = "import-";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Argument<string> Source = new("file") { Description = "The CSV file." };

    private static readonly Option<string> Map = new("--map") { Description = "JSON file: what its columns are.", Required = true };

    private static readonly Option<string> Station = new("--station") { Description = "The station.", Required = true };

    private static readonly Option<Uri> Server =
        CommandExit.Address("--server", "HTTP address of the running cloud.", "http://127.0.0.1:5080");

    private static readonly Option<Uri> Ingest =
        CommandExit.Address("--ingest", "gRPC address of the running cloud.", "http://127.0.0.1:5081");

    private static readonly Option<string?> Edge = new("--edge")
    {
        Description = "Name towards the cloud, import-…; that of its certificate, registered in Cloud:Edges. Default: made of the file.",
    };

    private static readonly Option<string?> Ca = new("--ca") { Description = "PEM file: authorities of the cloud's certificate." };

    private static readonly Option<string?> Certificate = new("--certificate") { Description = "PEM file: the edge's certificate." };

    private static readonly Option<string?> Key = new("--key") { Description = "PEM file: the certificate's key." };

    private static readonly Option<bool> Json = new("--json") { Description = "Say the result as one JSON object." };

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var command = new RootCommand("Brings the columns of a CSV file into a running cloud.")
        {
            Source, Map, Station, Server, Ingest, Edge, Ca, Certificate, Key, Json,
        };
        command.SetAction((parsed, cancel) => CommandExit.GuardAsync(error, () => ImportAsync(parsed, output, error, cancel)));
        return CommandExit.InvokeAsync(command, args, error);
    }

    private static async Task<int> ImportAsync(ParseResult call, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (path, station) = (call.GetRequiredValue(Source), call.GetRequiredValue(Station));
        // As the edge of a site it would end that one's stream, and its tags would take the place of that one's.
        if (call.GetValue(Edge) is { } name && !name.StartsWith(Prefix, StringComparison.Ordinal))
            return CommandExit.Wrong(error, $"--edge '{name}' does not begin with '{Prefix}': an import is an edge of its own");
        ImportMap map;
        IReadOnlyList<Tag> tags;
        try
        {
            map = ImportMap.Parse(await File.ReadAllTextAsync(call.GetRequiredValue(Map), cancellationToken));
            tags = [.. map.Columns.Select(c => c.TagAt(station))];
        }
        catch (Exception e) when (e is ImportException or FormatException)
        {
            return CommandExit.Wrong(error, $"{call.GetValue(Map)}: {e.Message}");
        }
        await CheckAsync(call.GetRequiredValue(Server), station, tags, cancellationToken);

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        file.Position = 0;
        var (edge, epoch) = (call.GetValue(Edge) ?? $"{Prefix}{Convert.ToHexStringLower(hash.AsSpan(0, 6))}", map.Epoch(hash, station));
        var catalogue = ImportLink.Describe(edge, station, tags);
        var trust = new ImportTrust(call.GetValue(Ca), call.GetValue(Certificate), call.GetValue(Key));
        await using var link = await ImportLink.ConnectAsync(call.GetRequiredValue(Ingest), trust, catalogue, epoch, cancellationToken);
        var (alreadyThere, sent, points) = (link.Stored, 0, 0L);
        var rows = new CsvRows(file, map);
        var progress = new ProgressBar(error, !Console.IsErrorRedirected);
        var sequence = 0ul;
        foreach (var batch in ImportBatches.Of(rows.Read(), map.Columns, i => catalogue.NumberOf(tags[i]) ?? 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++sequence > alreadyThere)
            {
                await link.SendAsync(sequence, batch, cancellationToken);
                (sent, points) = (sent + 1, points + batch.Block.PointCount);
            }
            progress.Show((double)file.Position / Math.Max(1, file.Length), $"{rows.Tally.Rows:N0} rows, {points:N0} samples stored");
        }
        progress.End();
        var result = new ImportResult(path, edge, $"{epoch:x16}", sent, sequence - (ulong)sent, points, rows.Tally);
        await output.WriteLineAsync(call.GetValue(Json) ? JsonSerializer.Serialize(result, Web) : result.ToText());
        if (rows.Tally.Rows == 0 || rows.Tally.Rows != rows.Tally.BadTimes?.Count) return 0;
        throw new ImportException(
            $"no row of {path} has a time in column '{map.Time.Column}'; the first says '{rows.Tally.BadTimes.FirstText}'");
    }

    /// <summary>A tag that the station has as something else would hide what its meters send.</summary>
    private static async Task CheckAsync(Uri server, string station, IReadOnlyList<Tag> tags, CancellationToken cancellationToken)
    {
        using var source = new ExportSource(server);
        if (await source.TagsAsync(station, cancellationToken) is not { } known)
            throw new ImportException($"the cloud has no station '{station}'");
        foreach (var tag in tags)
        {
            if (known.Tags.FirstOrDefault(t => t.Id == tag.Id.Value) is { } there && !there.ToTag().IsSameSeries(tag))
            {
                throw new ImportException(
                    $"{tag.Id} is known as {there.Kind} in {there.Unit} by {there.Resolution} {there.ReferenceState};"
                    + " the map says otherwise");
            }
        }
    }
}
