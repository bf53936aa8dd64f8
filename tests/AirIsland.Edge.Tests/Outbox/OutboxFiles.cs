namespace AirIsland.Edge.Tests.Outbox;

/// <summary>The files of an outbox, as a kill would leave them at that moment.</summary>
internal static class OutboxFiles
{
    /// <summary>The bytes by name of the database and its WAL, also of an outbox that is open.</summary>
    public static Dictionary<string, byte[]> Read(string directory) => ((string[])["outbox.db", "outbox.db-wal"])
        .Where(name => File.Exists(Path.Combine(directory, name)))
        .ToDictionary(name => name, name => ReadShared(Path.Combine(directory, name)));

    public static void Write(string directory, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(directory, name), bytes);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
