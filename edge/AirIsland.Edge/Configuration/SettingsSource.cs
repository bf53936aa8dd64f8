namespace AirIsland.Edge.Configuration;

/// <summary>
/// Where the settings of this process came from: the file's full path, what was in it at the start, and the command line above it.
/// </summary>
public sealed record SettingsSource(string Path, byte[] Content, string[] Args);
