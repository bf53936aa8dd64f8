using System.Runtime.InteropServices;

namespace AirIsland.Edge.Metering;

/// <summary>
/// Monotonic time: the id of the boot that it counts from, and how long ago that was (ms, 0 and up). Nobody sets it.
/// </summary>
public sealed class BootTime(string boot, Func<long> passed)
{
    private const string IdFile = "/proc/sys/kernel/random/boot_id";

    // CLOCK_MONOTONIC, which .NET counts by, stands still while the system is suspended; the time of day does not.
    private const int ClockBootTime = 7;

    public string Boot => boot;

    public long PassedMs => passed();

    /// <summary>Of the system, time of suspension included; null where no system says it.</summary>
    public static BootTime? OfSystem => OperatingSystem.IsLinux() && File.Exists(IdFile) && Read() is not null
        ? new(File.ReadAllText(IdFile).Trim(), () => Read() ?? throw new InvalidOperationException("nobody tells the time since the boot"))
        : null;

    /// <summary>That of a time which counts from nobody knows when: a boot of its own.</summary>
    public static BootTime Of(TimeProvider time) =>
        new(Guid.NewGuid().ToString(), () => (long)time.GetElapsedTime(0).TotalMilliseconds);

    private static long? Read()
    {
        try
        {
            return GetTime(ClockBootTime, out var time) == 0 ? ((long)time.Seconds * 1000) + (time.Nanoseconds / 1_000_000) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime", ExactSpelling = true)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
