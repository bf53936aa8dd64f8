namespace AirIsland.Fieldbus.Lines;

/// <summary>
/// Real time in which a line is left alone. The runtime's timers follow a clock of four milliseconds and may end as much too early; a
/// gateway that needs its pause does not hear who comes early.
/// </summary>
internal static class Rest
{
    private static readonly TimeSpan ClockStep = TimeSpan.FromMilliseconds(4);

    /// <summary>Completes when at least that much time has passed since the call; at once for none.</summary>
    public static Task ForAsync(TimeSpan time, CancellationToken ct) =>
        time > TimeSpan.Zero ? Task.Delay(time + ClockStep, ct) : Task.CompletedTask;
}
