using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>The <c>fleet</c> section of the settings.</summary>
internal static class FleetSettings
{
    private const string Section = "fleet";

    /// <exception cref="OptionsValidationException">Names every mistake in it.</exception>
    public static FleetOptions Read(IConfiguration configuration)
    {
        var options = Bind(configuration);
        Check(options);
        return options;
    }

    /// <exception cref="OptionsValidationException">Names every mistake in them.</exception>
    public static void Check(FleetOptions options)
    {
        var mistakes = FleetCheck.Mistakes(options);
        if (mistakes.Count > 0) throw Refusal(mistakes);
    }

    private static FleetOptions Bind(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(Section).Get<FleetOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        }
        catch (InvalidOperationException e)
        {
            // The binder names the setting, in the innermost of its exceptions.
            Exception innermost = e;
            while (innermost.InnerException is InvalidOperationException inner) innermost = inner;
            throw Refusal([innermost.Message]);
        }
    }

    private static OptionsValidationException Refusal(IEnumerable<string> mistakes) =>
        new(Section, typeof(FleetOptions), mistakes.Select(mistake => $"{Section}: {mistake}"));
}
