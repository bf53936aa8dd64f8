using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using YamlDotNet.Core;

namespace AirIsland.Edge.Configuration;

/// <summary>A settings file: JSON, or YAML when its name ends in <c>.yaml</c> or <c>.yml</c>.</summary>
public static class SettingsFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Where the file lies.</summary>
    /// <exception cref="OptionsValidationException">No file can have that name.</exception>
    public static string FullPath(string path) =>
        string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal)
            ? throw Wrong($"settings file '{path}' has no name that a file can have")
            : Path.GetFullPath(path);

    /// <summary>Reads the file once, now.</summary>
    /// <exception cref="OptionsValidationException">It is missing, too large, or no JSON or YAML.</exception>
    public static byte[] Read(string path)
    {
        path = FullPath(path);
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxBytes) throw Wrong($"settings file {path} is larger than {MaxBytes >> 20} MB");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrong($"settings file {path} is missing");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The settings in what <see cref="Read"/> gave, as a source below those added later.</summary>
    /// <exception cref="OptionsValidationException">It is no JSON or YAML.</exception>
    public static void Add(IConfigurationBuilder configuration, string path, byte[] content)
    {
        try
        {
            // Read here and now, so that a mistake in it is met here and not somewhere else.
            configuration.AddInMemoryCollection(IsYaml(path)
                ? YamlSettings.Read(new StreamReader(new MemoryStream(content), Encoding.UTF8))
                : new ConfigurationBuilder().AddJsonStream(new MemoryStream(content)).Build().AsEnumerable());
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or JsonException or YamlException)
        {
            throw Unreadable(path, e);
        }
    }

    public static bool IsYaml(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";

    private static OptionsValidationException Unreadable(string path, Exception e) =>
        Wrong($"settings file {path} cannot be read: {Reason(e)}");

    private static string Reason(Exception e)
    {
        var text = e.GetBaseException().Message.ReplaceLineEndings(" ");
        return e is YamlException yaml ? $"line {yaml.Start.Line}, column {yaml.Start.Column}: {text}" : text;
    }

    private static OptionsValidationException Wrong(string mistake) => new(EdgeOptions.Section, typeof(EdgeOptions), [mistake]);
}
