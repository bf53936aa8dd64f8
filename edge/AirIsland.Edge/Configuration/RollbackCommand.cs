using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// The verb <c>rollback</c>: puts a settings file back to what was in force before; an edge that runs takes it up. Exit 0 done, 1 failed.
/// </summary>
internal static class RollbackCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The settings file of the edge." };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The edge's data directory; default: what the file says, which a broken one may not.",
    };

    private static readonly Option<int?> To = new("--to") { Description = "The generation wanted; default: the latest that differs." };

    private static readonly Option<bool> List = new("--list") { Description = "Lists the generations that are kept and changes nothing." };

    public static Command Create()
    {
        var command = new Command("rollback", "Puts a settings file back to what was in force before.") { File, Data, To, List };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        try
        {
            var path = parsed.GetRequiredValue(File);
            var content = SettingsFile.Read(path);
            var history = new SettingsHistory(parsed.GetValue(Data) ?? DataOf(path, content));
            return parsed.GetValue(List) ? await ListAsync(history) : await PutBackAsync(history, path, content, parsed.GetValue(To));
        }
        catch (OptionsValidationException e)
        {
            foreach (var mistake in e.Failures) await Console.Error.WriteLineAsync(mistake);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> ListAsync(SettingsHistory history)
    {
        foreach (var generation in history.All())
        {
            var since = System.IO.File.GetLastWriteTimeUtc(generation.Path).ToString("u", CultureInfo.InvariantCulture);
            await Console.Out.WriteLineAsync($"{generation.Number}  {generation.Hash}  {since}");
        }
        return 0;
    }

    private static async Task<int> PutBackAsync(SettingsHistory history, string path, byte[] content, int? to)
    {
        if (history.Find(to, content) is not { } generation)
        {
            await Console.Error.WriteLineAsync(to is null ? "nothing else was ever in force" : $"generation {to} is not kept");
            return 1;
        }
        SettingsHistory.Write(path, SettingsFile.Read(generation.Path));
        await Console.Out.WriteLineAsync($"{path} is generation {generation.Number} ({generation.Hash}) again");
        return 0;
    }

    // Not bound and not checked: a way back is wanted most when the file is wrong.
    private static string DataOf(string path, byte[] content)
    {
        var configuration = new ConfigurationBuilder();
        SettingsFile.Add(configuration, path, content);
        return configuration.Build()[$"{EdgeOptions.Section}:{nameof(EdgeOptions.Data)}"] ?? new EdgeOptions().Data;
    }
}
