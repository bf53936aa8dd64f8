using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>What a <see cref="DltClient"/> opens its line with.</summary>
public static class DltLines
{
    /// <summary>A wire, or a gateway that passes its bytes through as they are, over TCP or dialling in.</summary>
    public static Func<CancellationToken, Task<Stream>> Over(ILineEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return async ct => new LineStream(await endpoint.OpenAsync(ct).ConfigureAwait(false));
    }
}
