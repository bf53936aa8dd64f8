using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Validation;

/// <summary>The verb <c>validate</c>. Exit 0 all figures hold, 1 one does not or it was stopped, 2 wrong call.</summary>
internal static class ValidateCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // It goes to a screen or a file, not into a page: m³ stays m³.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly Option<bool> AsJson = new("--json") { Description = "The figures as one line." };

    public static Command Create()
    {
        var command = new Command("validate", "Runs the parts and holds their figures to published ones.") { AsJson };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // A signal is a regular end only for a handler that has given its task back.
        await Task.Yield();
        try
        {
            var report = ValidationReport.Run(cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(AsJson) ? JsonSerializer.Serialize(report, Json) : report.ToText());
            return report.Holds ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }
}
