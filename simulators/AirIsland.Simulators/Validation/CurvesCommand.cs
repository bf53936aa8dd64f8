using System.CommandLine;
using System.Globalization;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>The verb <c>curves</c>: the machines of the catalogue on the test bench. Exit 0 done, 1 failed.</summary>
internal static class CurvesCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "An SVG file for the picture of power." };

    private static readonly Option<string?> Specific = new("--specific") { Description = "An SVG file for that of specific power." };

    /// <summary>One of each control, so that the lines can be told apart.</summary>
    private static readonly CompressorSpec[] Drawn =
    [
        CompressorCatalogue.ScrewLoadUnload, CompressorCatalogue.ScrewModulation, CompressorCatalogue.ScrewVariableDisplacement,
        CompressorCatalogue.ScrewVariableSpeed, CompressorCatalogue.PistonStartStop, CompressorCatalogue.PistonMultiStep,
        CompressorCatalogue.TurboBlowOff,
    ];

    /// <summary>Whose specific power has a best flow, beside the one that has not.</summary>
    private static readonly CompressorSpec[] DrawnSpecific =
    [
        CompressorCatalogue.ScrewVariableSpeed, CompressorCatalogue.TwoStageVariableSpeed, CompressorCatalogue.OilFreeVariableSpeed,
        CompressorCatalogue.ScrewLoadUnload,
    ];

    public static Command Create()
    {
        var command = new Command("curves", "Measures the machines of the catalogue at part load.") { Out, Specific };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var curves = CompressorCatalogue.All.Select(PartLoadCurve.Of).ToArray();
        await Console.Out.WriteLineAsync("machine                       kW/(m³/min), full  power at 20 / 40 / 60 / 80 / 100 % flow");
        foreach (var curve in curves) await Console.Out.WriteLineAsync(Row(curve));
        try
        {
            if (parsed.GetValue(Out) is { } power)
                await File.WriteAllTextAsync(power, PartLoadChart.DrawPower(Of(curves, Drawn)), cancellationToken);
            if (parsed.GetValue(Specific) is { } specific)
                await File.WriteAllTextAsync(specific, PartLoadChart.DrawSpecificPower(Of(curves, DrawnSpecific)), cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static PartLoadCurve[] Of(PartLoadCurve[] curves, CompressorSpec[] drawn) =>
        [.. drawn.Select(machine => curves.Single(c => c.Machine == machine))];

    private static string Row(PartLoadCurve curve)
    {
        var shares = Enumerable.Range(1, 5)
            .Select(fifth => curve.Points[fifth * PartLoadCurve.Steps / 5].PowerShare.ToString("P0", CultureInfo.InvariantCulture));
        var full = curve.Points[^1];
        var specific = curve.Machine.SpecificPower * full.PowerShare / full.FlowShare;
        return string.Create(CultureInfo.InvariantCulture, $"{curve.Machine.Id,-28}{specific,20:F2}  {string.Join(" / ", shares)}");
    }
}
