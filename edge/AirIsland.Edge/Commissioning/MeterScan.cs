using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using AirIsland.Edge.Drivers.Dlt645;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Commissioning;

/// <summary>The verb <c>scan</c> for DL/T 645: addresses and editions of the meters on a line. Exit 0 some answered, 1 none.</summary>
internal static class MeterScan
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(EndpointOptions line, bool isJson, CancellationToken cancellationToken)
    {
        try
        {
            await using var lines = new LineBook();
            var meters = await MeterSearch.FindAsync(lines, line, new(), cancellationToken);
            var found = meters.Select(m => new { address = $"{m.Address}", edition = (int)m.Edition }).ToArray();
            if (isJson)
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { address = line.Address, found }, Format));
            }
            else
            {
                foreach (var meter in found) await Console.Out.WriteLineAsync($"meter {meter.address}  DL/T 645-{meter.edition}");
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{found.Length} meters answered"));
            }
            return found.Length > 0 ? 0 : 1;
        }
        catch (Exception e) when (e is SocketException or IOException or TimeoutException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{line.Address}: {e.Message}");
            return 1;
        }
    }
}
