namespace AirIsland.Edge.Tests;

/// <summary>Waits for a condition, for a bounded time.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, string what, int seconds = 15)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"not within {seconds} s: {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
