using System.Diagnostics;

namespace AirIsland.Fieldbus.Lines;

/// <summary>
/// Real time in which a line is left alone. The runtime's timers follow a clock of some milliseconds, more where a virtual machine was
/// held up, and may end too early; a gateway that needs its pause does not hear who comes early.
/// </summary>
internal static class Rest
{
    /// <summary>Completes when at least that much time has passed since the call.</summary>
    public static async Task ForAsync(TimeSpan time, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        for (var left = time; left > TimeSpan.Zero; left = time - Stopwatch.GetElapsedTime(start))
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), ct).ConfigureAwait(false);
    }
}
