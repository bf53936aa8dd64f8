using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Edge.Uplink;

namespace AirIsland.Edge.Configuration;

/// <summary>Turns settings into a plan of the site and brings it into force.</summary>
public sealed class SiteChanger(SiteKeeper site, TagRegistry registry, SiteIdentity identity, EdgeOptions options)
{
    private readonly SettingsHistory _history = new(options.Data);

    /// <exception cref="System.Net.Sockets.SocketException">A port where gateways dial in is taken.</exception>
    public Task ChangeAsync(SiteSettings next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var tags = next.Bind(registry);
        return site.ChangeAsync(new(tags, next.Options.Endpoints, tags.ToCatalogue(identity)));
    }

    /// <summary>Keeps a settings file that is in force; returns its generation.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public int Keep(string path, byte[] content) => _history.Keep(path, content);
}
