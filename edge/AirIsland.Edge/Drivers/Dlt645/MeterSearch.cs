using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>
/// Finds the meters of a line, reading only. Nobody else may use the line meanwhile. Meters that destroy each other's answers without one
/// byte reaching us are not found, nor are two with one address.
/// </summary>
public static class MeterSearch
{
    /// <summary>By address, those of the edition of 2007 first.</summary>
    /// <exception cref="SocketException">The line cannot be opened; so also where an <see cref="IOException"/> says it.</exception>
    public static async Task<IReadOnlyList<FoundMeter>> FindAsync(
        LineBook lines, EndpointOptions endpoint, Dlt645DriverOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(options);
        await using var client = MeterLine.NewClient(lines.Line(endpoint), endpoint, options);
        var found = new List<FoundMeter>();
        foreach (var edition in (DltEdition[])[DltEdition.Edition2007, DltEdition.Edition1997])
        {
            var known = (await client.SearchAsync(edition, ct)).ToHashSet();
            if (edition == DltEdition.Edition2007 && await OnlyOneAsync(client, ct) is { } only) known.Add(only);
            found.AddRange(known.OrderBy(m => m.ToString(), StringComparer.Ordinal).Select(m => new FoundMeter(m, edition)));
        }
        return found;
    }

    // Some meters tell their address to a mask and nothing else.
    private static async Task<MeterAddress?> OnlyOneAsync(DltClient client, CancellationToken ct)
    {
        try
        {
            return await client.ReadAddressAsync(ct);
        }
        catch (Exception e) when (e is TimeoutException or InvalidDataException or DltException)
        {
            return null;
        }
    }
}
