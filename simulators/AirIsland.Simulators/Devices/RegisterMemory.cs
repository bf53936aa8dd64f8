using System.Text.Json;
using AirIsland.Simulators.Clock;

namespace AirIsland.Simulators.Devices;

/// <summary>
/// A meter does not forget its register when it is switched off. Takes the registers up again when it is made, and keeps them, with the
/// instant, after every step of the plant, before any device can show them: so a run may be killed at any moment, and the next one goes
/// on where it was.
/// </summary>
public sealed class RegisterMemory : IPlantFollower
{
    public const string FileName = "registers.json";

    private static readonly JsonSerializerOptions Strict =
        new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    private readonly MeteredStation _station;
    private readonly string? _path;

    /// <exception cref="IOException">The directory cannot be made, or the file in it is damaged.</exception>
    public RegisterMemory(MeteredStation station, MemoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(options);
        _station = station;
        if (options.Directory.Length == 0) return;
        Directory.CreateDirectory(options.Directory);
        _path = Path.Combine(options.Directory, FileName);
        if (Read(_path) is { } kept) Restore(kept);
    }

    /// <summary>What a run kept in a directory, or null when there was none.</summary>
    /// <exception cref="IOException">The file is damaged.</exception>
    public static KeptRegisters? ReadFrom(string directory) => Read(Path.Combine(directory, FileName));

    public void Follow(DateTimeOffset instant)
    {
        if (_path is null) return;
        var kept = new KeptRegisters(instant, _station.Registers.ToDictionary(r => r.Key, r => r.Value.Total));
        // Replaced whole, so that a run that is killed here leaves the older file.
        File.WriteAllText(_path + ".new", JsonSerializer.Serialize(kept));
        File.Move(_path + ".new", _path, overwrite: true);
    }

    private static KeptRegisters? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<KeptRegisters>(File.ReadAllText(path), Strict) : null;
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} is damaged: {e.Message}", e);
        }
    }

    private void Restore(KeptRegisters kept)
    {
        lock (_station.Gate)
        {
            foreach (var (register, total) in kept.Totals)
                if (_station.Registers.TryGetValue(register, out var totaliser)) totaliser.Total = total;
        }
    }
}
