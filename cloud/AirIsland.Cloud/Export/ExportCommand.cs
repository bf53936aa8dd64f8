using System.CommandLine;
using System.Text.Json;
using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Cloud.Export;

/// <summary><c>AirIsland.Cloud export</c>: samples of a running cloud into a file. Exit 0 done, 1 failed, 2 wrong call.</summary>
public static class ExportCommand
{
    private static readonly Option<string> Station = new("--station") { Description = "The station.", Required = true };

    private static readonly Option<string> Tags = new("--tags")
    {
        Description = "Which tags, without station, with * and ?, several with commas: header/*,*/ActivePower.",
        DefaultValueFactory = _ => "*",
    };

    private static readonly Option<string> From = new("--from") { Description = "First instant, on the station's clock.", Required = true };

    private static readonly Option<string> To = new("--to") { Description = "Where it ends; itself not in it.", Required = true };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "parquet or csv.",
        DefaultValueFactory = _ => "parquet",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The file; what was there is replaced when it is whole.",
        Required = true,
    };

    private static readonly Option<Uri> Server =
        CommandExit.Address("--server", "HTTP address of the running cloud.", "http://127.0.0.1:5080");

    private static readonly Option<bool> Json = new("--json") { Description = "Say the result as one JSON object." };

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var command = new RootCommand("Writes samples of a running cloud into a Parquet or CSV file.")
        {
            Station, Tags, From, To, Format, Out, Server, Json,
        };
        command.SetAction((parsed, cancel) => CommandExit.GuardAsync(error, () => ExportAsync(parsed, output, error, cancel)));
        return CommandExit.InvokeAsync(command, args, error);
    }

    private static async Task<int> ExportAsync(ParseResult call, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (station, path, format) = (call.GetRequiredValue(Station), call.GetRequiredValue(Out), call.GetValue(Format));
        if (format is not ("parquet" or "csv")) return CommandExit.Wrong(error, $"--format '{format}' is not parquet or csv");
        using var source = new ExportSource(call.GetRequiredValue(Server));
        if (await source.TagsAsync(station, cancellationToken) is not { } known)
            throw new ImportException($"the cloud has no station '{station}'");
        var period = PeriodText.Read(call.GetValue(From), call.GetValue(To), DateTimeZoneProviders.Tzdb[known.Zone]);
        if (period.Period is not { } asked)
            return CommandExit.Wrong(error, string.Join('\n', period.Mistakes.Select(m => $"--{m.Field}: {m.Fault}")));
        var tags = known.Tags.Where(t => Exporter.Fits(call.GetRequiredValue(Tags), t.Place)).ToList();
        if (tags.Count == 0) throw new ImportException($"no tag of '{station}' fits '{call.GetValue(Tags)}'");

        var exporter = new Exporter(source, new ProgressBar(error, !Console.IsErrorRedirected));
        var part = path + ".part";
        try
        {
            using (IExportFile file = format == "csv" ? new CsvExport(part, tags) : new ParquetExport(part))
                await exporter.RunAsync(file, tags, asked, cancellationToken);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
        // A CSV file cannot say what its columns are; this is how to bring it in again.
        if (format == "csv")
            await File.WriteAllTextAsync(Path.ChangeExtension(path, ".map.json"), CsvExport.MapOf(tags).Write(), cancellationToken);
        var (samples, bytes) = (exporter.Samples, new FileInfo(path).Length);
        await output.WriteLineAsync(call.GetValue(Json)
            ? JsonSerializer.Serialize(new { station, tags = tags.Count, samples, bytes, file = path })
            : $"{samples:N0} samples of {tags.Count} tags in {path}, {bytes:N0} bytes");
        return 0;
    }
}
