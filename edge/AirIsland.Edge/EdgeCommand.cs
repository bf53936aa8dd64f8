using System.CommandLine;
using AirIsland.Edge.Configuration;

namespace AirIsland.Edge;

/// <summary>
/// The command line of the edge. Without a verb it is the agent, and the arguments are its settings (<c>--Edge:Data DIR</c>). Exit 0
/// done, 1 failed, 2 wrong call or wrong settings.
/// </summary>
internal static class EdgeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var verb, ..] || IsSetting(verb)) return await EdgeApp.RunAsync(args);
        var root = new RootCommand("The edge agent of a station. Without a verb it runs; settings as in edge.json: --Edge:Data DIR.")
        {
            CheckCommand.Create(),
            SchemaCommand.Create(),
            RollbackCommand.Create(),
        };
        var parsed = root.Parse(args);
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        return parsed.Errors.Count > 0 ? 2 : await parsed.InvokeAsync();
    }

    private static bool IsSetting(string argument) =>
        argument is not ("--help" or "-h" or "-?" or "--version") && (argument.StartsWith('-') || argument.Contains('='));
}
