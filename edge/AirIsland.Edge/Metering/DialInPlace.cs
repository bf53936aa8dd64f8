using AirIsland.Fieldbus.Lines;

namespace AirIsland.Edge.Metering;

/// <summary>
/// The line of a gateway that dials in, asked for each time it is opened: the listener of its port is another one when the site has
/// changed, and whoever has the line need not know.
/// </summary>
/// <param name="name">Of the gateway.</param>
/// <param name="now">Its line at the listener of this moment; null when there is none.</param>
internal sealed class DialInPlace(string name, Func<ILineEndpoint?> now) : ILineEndpoint
{
    public string Name => name;

    public bool Reopens => false;

    public TimeSpan Silence => now()?.Silence ?? TimeSpan.FromMilliseconds(100);

    public ValueTask<IByteLine> OpenAsync(CancellationToken ct) =>
        (now() ?? throw new IOException($"nobody listens for {name}")).OpenAsync(ct);
}
