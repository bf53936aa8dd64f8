using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>Files that are on disk, with their names, before anybody relies on them.</summary>
internal static partial class DurableFile
{
    /// <summary>Writes a file whole or not at all.</summary>
    public static void Write(string path, byte[] bytes)
    {
        File.WriteAllBytes(path + ".tmp", bytes);
        Flush(path + ".tmp");
        File.Move(path + ".tmp", path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
    }

    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Names are part of the directory. Windows keeps them by itself.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(path, 0);
        if (descriptor < 0) return;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Sync(descriptor) != 0) throw new IOException($"{path} could not be written to disk");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(nint descriptor);
}
