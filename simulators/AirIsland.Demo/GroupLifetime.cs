namespace AirIsland.Demo;

/// <summary>Stands in for the console's lifetime, which would stop all hosts at once and in no order.</summary>
internal sealed class GroupLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
