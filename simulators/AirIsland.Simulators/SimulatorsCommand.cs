using System.CommandLine;
using AirIsland.Simulators.Replay;
using AirIsland.Simulators.Scenarios;
using AirIsland.Simulators.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators;

/// <summary>
/// The command line of the simulators. Without a verb it is the station, and the arguments are its settings
/// (<c>--plant:seed 7</c>). Exit 0 done, 1 failed, 2 wrong call.
/// </summary>
internal static class SimulatorsCommand
{
    // After a signal, what a verb may take to end what it has begun.
    private static readonly TimeSpan LastWork = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        var root = Create(args);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        var isStation = parsed.CommandResult.Command == root;
        if (!isStation && parsed.UnmatchedTokens is [var unknown, ..])
        {
            await Console.Error.WriteLineAsync($"'{unknown}' is no option of {parsed.CommandResult.Command.Name}");
            return 2;
        }
        // The station is a host, which listens to signals itself, and stops in order, however long that takes.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = isStation ? null : LastWork });
    }

    private static RootCommand Create(string[] args)
    {
        var root = new RootCommand("A simulated air station behind real protocols; settings as in simulators.json: --plant:seed 7.")
        {
            ReplayCommand.Create(),
            ScenarioCommand.Create(),
            CurvesCommand.Create(),
            ValidateCommand.Create(),
        };
        // They are settings, which the host reads itself.
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(_ => RunStationAsync(args));
        return root;
    }

    private static async Task<int> RunStationAsync(string[] args)
    {
        if (args is [var first, ..] && !first.StartsWith('-') && !first.StartsWith('/') && !first.Contains('='))
        {
            await Console.Error.WriteLineAsync(
                $"'{first}' is no verb; replay, scenario, curves and validate are, and settings begin with --");
            return 2;
        }
        try
        {
            var host = SimulatorApp.Build(args);
            // Made before the start, which would write a stack trace for what is only a mistake in the settings.
            var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
            await host.RunAsync();
            return services.Any(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
        }
        catch (OptionsValidationException e)
        {
            foreach (var mistake in e.Failures) await Console.Error.WriteLineAsync(mistake);
            return 2;
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            // A file of settings that is not there or is no JSON: it is named.
            await Console.Error.WriteLineAsync(e.InnerException is FormatException ? $"{e.Message} {e.InnerException.Message}" : e.Message);
            return 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
