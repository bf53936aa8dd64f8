using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>The <c>fleet</c> section of the settings.</summary>
internal static class FleetSettings
{
    private const string Section = "fleet";

    /// <exception cref="OptionsValidationException">Something in it cannot be read, or is no setting.</exception>
    public static FleetOptions Read(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(Section).Get<FleetOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        }
        catch (InvalidOperationException e)
        {
            // The binder names the setting.
            throw new OptionsValidationException(Section, typeof(FleetOptions), [$"{Section}: {e.Message}"]);
        }
    }
}
