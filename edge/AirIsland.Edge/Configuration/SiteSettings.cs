using System.Security.Cryptography;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Configuration;

/// <summary>Sound settings and the device profiles they name, read together, so that one cannot change under the other.</summary>
public sealed record SiteSettings(EdgeOptions Options, IReadOnlyDictionary<string, DeviceProfile> Profiles)
{
    /// <summary>Binds and checks settings, wherever they come from. Asks no network.</summary>
    /// <exception cref="OptionsValidationException">Every mistake, each named by its setting.</exception>
    public static SiteSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(EdgeOptions.Section);
        var misshapen = SettingsShape.Mistakes(section, typeof(EdgeOptions)).ToList();
        var mistakes = misshapen.Select(m => m.Mistake).ToList();
        var options = Without(section, [.. misshapen.Select(m => m.Path)]).Get<EdgeOptions>() ?? new();
        var profiles = ProfileFolder.Load(options.ProfilesPath, options.Devices.Select(d => d.Profile), mistakes);
        mistakes.AddRange(SettingsRules.Mistakes(options, profiles));
        return mistakes.Count == 0 ? new(options, profiles) : throw Wrong(mistakes);
    }

    /// <summary>Reads a settings file with the environment and <paramref name="args"/> above it, as a start would.</summary>
    /// <exception cref="OptionsValidationException">Every mistake.</exception>
    public static SiteSettings Read(string path, byte[] content, string[] args)
    {
        var configuration = new ConfigurationBuilder();
        SettingsFile.Add(configuration, path, content);
        return Read(configuration.AddEnvironmentVariables().AddCommandLine(args).Build());
    }

    /// <summary>The site's tags, tied to its devices.</summary>
    public TagTable Bind(TagRegistry registry) =>
        TagTable.Bind(Options.Station, Options.Devices, Options.Endpoints, Profiles, registry, Options.Calculated);

    /// <summary>SHA-256 of a file's content in hex: the first 8 digits name it well enough for a person.</summary>
    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    // What cannot be read is left out, so that the rest can still be held against the rules.
    private static IConfigurationSection Without(IConfigurationSection section, IReadOnlyList<string> wrong) => wrong.Count == 0
        ? section
        : new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable().Where(s => s.Value is not null && !wrong.Any(w => IsWithin(s.Key, w))))
            .Build().GetSection(section.Path);

    private static bool IsWithin(string path, string wrong) =>
        path.StartsWith(wrong, StringComparison.OrdinalIgnoreCase) && (path.Length == wrong.Length || path[wrong.Length] == ':');

    private static OptionsValidationException Wrong(List<string> mistakes) => new(EdgeOptions.Section, typeof(EdgeOptions), mistakes);
}
