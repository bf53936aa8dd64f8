namespace AirIsland.Edge.Tests;

/// <summary>Waits for a condition, for a bounded time: long, because the machine may be loaded.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, string what, int seconds = 60)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"not within {seconds} s: {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
