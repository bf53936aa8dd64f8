using System.Diagnostics;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>A file system of its own with little room; it takes the right to mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    public SmallDisk(int megabytes)
    {
        IsMounted = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder.Path);
    }

    public bool IsMounted { get; }

    public string Path => _folder.Path;

    public long Free => new DriveInfo(Path).AvailableFreeSpace;

    public void Dispose()
    {
        if (IsMounted) Run("umount", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
