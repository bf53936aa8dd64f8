using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>The <c>fleet</c> section of the settings.</summary>
internal static class FleetSettings
{
    private const string Section = "fleet";
    private const string Devices = "devices";

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
        var fleet = configuration.GetSection(Section);
        var settings = fleet.GetChildren().Where(child => !IsDevices(child)).SelectMany(Values);
        return (StrictSettings.Read<FleetOptions>(Copy(settings).GetSection(Section)) ?? new()) with
        {
            Devices = [.. fleet.GetSection(Devices).GetChildren().Select(BindDevice)],
        };

        static bool IsDevices(IConfigurationSection child) => child.Key.Equals(Devices, StringComparison.OrdinalIgnoreCase);
    }

    private static FleetDeviceOptions BindDevice(IConfigurationSection device) =>
        StrictSettings.Read<FleetDeviceOptions>(Copy(Values(device)).GetSection(device.Path))
            ?? throw Refusal([$"there is no device in '{device.Path}'"]);

    // The binder looks through all settings for each part that it reads: a device at a time it has few to look through.
    private static IConfigurationRoot Copy(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static IEnumerable<KeyValuePair<string, string?>> Values(IConfigurationSection section) =>
        section.Value is { } value ? [new(section.Path, value)] : section.GetChildren().SelectMany(Values);

    private static OptionsValidationException Refusal(IEnumerable<string> mistakes) =>
        new(Section, typeof(FleetOptions), mistakes.Select(mistake => $"{Section}: {mistake}"));
}
