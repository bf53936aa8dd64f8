using System.Text;
using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>The files of an outbox, as a kill would leave them at that moment.</summary>
internal static class OutboxFiles
{
    /// <summary>The bytes by name of the database and its WAL, also of an outbox that is open.</summary>
    public static Dictionary<string, byte[]> Read(string directory) => ((string[])["outbox.db", "outbox.db-wal"])
        .Where(name => File.Exists(Path.Combine(directory, name)))
        .ToDictionary(name => name, name => ReadShared(Path.Combine(directory, name)));

    /// <summary>
    /// Of an outbox with the batches 1 to <paramref name="batches"/> that was killed, or closed, with a note that it is damaged; nothing of
    /// it is.
    /// </summary>
    public static async Task<Dictionary<string, byte[]>> KilledAsync(
        int batches, int size = 500, string owner = "", int acknowledged = 0, bool isClosed = false)
    {
        await using var bench = new OutboxBench(new() { Owner = owner, ReserveBytes = 0 });
        for (var i = 1; i <= batches; i++) await bench.AppendAsync(OutboxBench.Batch(i, size: size));
        if (acknowledged > 0) bench.Store.Acknowledge(Lane.Backfill, acknowledged);
        await bench.Store.FlushAsync();
        if (isClosed) await bench.CloseAsync();
        var files = Read(bench.Directory);
        files.Add("outbox.suspect", Encoding.UTF8.GetBytes("planned"));
        return files;
    }

    public static void Rename(Dictionary<string, byte[]> files, string from, string to)
    {
        files.Remove(from, out var bytes);
        files[to] = bytes!;
    }

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
