namespace AirIsland.Simulators.Tests;

/// <summary>Waits for a condition, with a deadline that fails the test.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"not within 20 s: {what}");
            await Task.Delay(5);
        }
    }
}
