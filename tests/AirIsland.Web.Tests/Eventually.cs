namespace AirIsland.Web.Tests;

/// <summary>Waits for what happens without a render, which is all that bUnit can wait for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static async Task IsTrueAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
            await timer.WaitForNextTickAsync(late.Token);
    }
}
