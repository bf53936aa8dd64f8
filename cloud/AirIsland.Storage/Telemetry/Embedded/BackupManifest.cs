namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// What a backup is: when it was taken, the last journal position of each station in it, and its files. It is written last: a directory
/// without it is a backup that was broken off.
/// </summary>
public sealed record BackupManifest(
    int Format, DateTimeOffset TakenAt, IReadOnlyDictionary<string, long> Positions, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "manifest.json";

    public const int CurrentFormat = 1;
}
