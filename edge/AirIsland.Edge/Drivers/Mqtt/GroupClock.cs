namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// Instants for what carries none (ms since 1970 UTC): ascending within a scan group, whatever it comes on, unless the site's clock was set
/// back. Not thread-safe.
/// </summary>
internal sealed class GroupClock
{
    private const long SetBack = 1000;

    private long _last = long.MinValue;

    /// <summary>That instant, or one millisecond after the last.</summary>
    public long Next(long at) => _last = at > _last || _last - at > SetBack ? at : _last + 1;
}
