namespace AirIsland.Simulators.Tests;

/// <summary>A file of settings that is gone after the test.</summary>
internal sealed class SettingsFile : IDisposable
{
    public SettingsFile(string json) => File.WriteAllText(Path, json);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(Path);
}
