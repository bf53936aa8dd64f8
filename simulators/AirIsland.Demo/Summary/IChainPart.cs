namespace AirIsland.Demo.Summary;

/// <summary>Edge or cloud in a judged run: in this process, or as a child that can be killed.</summary>
internal interface IChainPart : IAsyncDisposable
{
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops in order, as a person would.</summary>
    Task StopAsync();

    /// <summary>Ends it without warning and starts it again.</summary>
    Task KillAndRestartAsync(CancellationToken cancellationToken);
}
