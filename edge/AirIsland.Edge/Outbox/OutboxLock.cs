namespace AirIsland.Edge.Outbox;

/// <summary>
/// The right to a data directory, held for as long as this lives: <c>outbox.lock</c>, open to nobody else. The system takes it back when
/// the process dies. The file stays, or two could hold it under one name.
/// </summary>
internal sealed class OutboxLock : IDisposable
{
    private const string FileName = "outbox.lock";

    private readonly FileStream _file;

    /// <exception cref="IOException">Another process holds it, or the directory cannot be written.</exception>
    public OutboxLock(string directory)
    {
        Directory.CreateDirectory(directory);
        _file = new(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public void Dispose() => _file.Dispose();
}
