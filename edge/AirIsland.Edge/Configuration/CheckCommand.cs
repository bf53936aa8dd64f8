using System.CommandLine;
using System.Text.Json;
using AirIsland.Edge.Uplink;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// The verb <c>check</c>: holds a settings file, whole, against every rule, asks no network, and says what would change. Exit 0 sound,
/// 1 not.
/// </summary>
internal static class CheckCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The settings file, JSON or YAML." };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "The settings file that is in force: also says what would change, and changes nothing.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Answers as one JSON object." };

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var command = new Command("check", "Checks a settings file whole, without a network, and lists every mistake.")
        {
            File,
            Against,
            Json,
        };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(File);
        var (settings, mistakes) = Read(file);
        var (before, mistakesBefore) = parsed.GetValue(Against) is { } old ? Read(old) : (null, []);
        if (settings?.Options is { Uplink.Tls: { IsEmpty: false } tls } options)
            mistakes = [.. mistakes, .. tls.FileMistakes("Edge:Uplink:Tls", options.Id)];
        mistakes = [.. mistakes, .. mistakesBefore.Select(m => $"{parsed.GetValue(Against)}: {m}")];
        var site = settings is null ? null : Facts.Of(settings);
        string[] hints = settings is null ? [] : [.. SettingsHints.Of(settings)];
        var change = settings is null || before is null ? null : SettingsChange.Between(before, settings);
        if (parsed.GetValue(Json))
        {
            var answer = new { file, sound = mistakes.Count == 0, mistakes, hints, site, change };
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer, Format));
        }
        else
        {
            foreach (var mistake in mistakes) await Console.Error.WriteLineAsync(mistake);
            await Console.Out.WriteLineAsync(mistakes.Count == 0 ? $"{file} is sound: {site}" : $"{file}: {Count(mistakes.Count)}");
            foreach (var hint in hints) await Console.Out.WriteLineAsync($"hint: {hint}");
            if (change is not null) await Console.Out.WriteLineAsync($"would change: {change}");
        }
        return mistakes.Count == 0 ? 0 : 1;
    }

    private static (SiteSettings? Settings, IReadOnlyList<string> Mistakes) Read(string path)
    {
        try
        {
            return (SiteSettings.Read(path, SettingsFile.Read(path), []), []);
        }
        catch (OptionsValidationException e)
        {
            return (null, [.. e.Failures]);
        }
    }

    private static string Count(int mistakes) => mistakes == 1 ? "1 mistake" : $"{mistakes} mistakes";

    /// <summary>What a sound file is about.</summary>
    private sealed record Facts(string Edge, string Station, int Devices, int Lines, int Tags, int Registers, string Catalogue)
    {
        public static Facts Of(SiteSettings settings)
        {
            var options = settings.Options;
            var tags = settings.Bind(new());
            var catalogue = tags.ToCatalogue(new(options.Id, options.Station));
            return new(
                options.Id,
                options.Station,
                tags.Devices.Count,
                tags.Devices.Select(d => d.Endpoint?.Address).OfType<string>().Distinct().Count(),
                tags.Tags.Count,
                tags.Tags.Count(t => t.Kind == PointKind.Register),
                Convert.ToHexStringLower(catalogue.Id)[..16]);
        }

        public override string ToString() =>
            $"edge {Edge} of station {Station}, {Devices} devices on {Lines} lines, {Tags} tags ({Registers} registers), "
            + $"catalogue {Catalogue}";
    }
}
