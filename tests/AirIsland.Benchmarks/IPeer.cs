namespace AirIsland.Benchmarks;

/// <summary>A store of series that takes the same points and answers the same four questions over HTTP.</summary>
internal interface IPeer : IAsyncDisposable
{
    string Name { get; }

    PeerProcess Process { get; }

    /// <summary>Writes one writer's hours (from ms since 1970 UTC, so many); ends when everything is acknowledged.</summary>
    Task WriteAsync(PeerLoad load, long from, int hours);

    /// <summary>Writes what the registers showed each minute.</summary>
    Task WriteRegistersAsync(int registers, long from, int hours);

    /// <summary>Gives it the time to put away what it has taken.</summary>
    Task SettleAsync();

    PeerQuestions Questions(int levels, int registers, long from, int hours);
}
