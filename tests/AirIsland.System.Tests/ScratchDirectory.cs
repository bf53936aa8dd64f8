namespace AirIsland.SystemTests;

/// <summary>A directory of its own, gone with the test.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("airisland-system-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
