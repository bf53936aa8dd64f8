using System.Text.Json;

namespace AirIsland.Demo;

/// <summary>One line that says how the station is: on a terminal rewritten every second, in a file once in ten.</summary>
internal sealed class StatusLine(Uri web, TimeProvider real) : IDisposable
{
    private static readonly TimeSpan Rare = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = web, Timeout = TimeSpan.FromSeconds(2) };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(Console.IsOutputRedirected ? Rare : TimeSpan.FromSeconds(1), real);
        try
        {
            while (await tick.WaitForNextTickAsync(cancellationToken))
            {
                var line = await LineAsync(cancellationToken);
                if (Console.IsOutputRedirected) Console.WriteLine(line);
                else Console.Write($"\r{line}\u001b[K");
            }
        }
        catch (OperationCanceledException)
        {
            if (!Console.IsOutputRedirected) Console.WriteLine();
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var twin = JsonDocument.Parse(await _http.GetStringAsync("api/v1/stations/moushan/twin", cancellationToken));
            var at = twin.RootElement.GetProperty("at").GetString() ?? "no data yet";
            return $"{at}  {Value(twin, "header/GaugePressure")} MPa  {Value(twin, "station/derived/VolumeFlowRate")} m³/min  "
                + $"{Value(twin, "station/electrical/Power")} kW  {Value(twin, "station/derived/SpecificEnergy")} kWh/m³";
        }
        catch (Exception e) when (
            e is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return $"the cloud does not answer: {e.Message}";
        }
    }

    private static string Value(JsonDocument twin, string tag) =>
        twin.RootElement.GetProperty("values").EnumerateArray()
            .Where(v => v.GetProperty("tag").GetString() == $"moushan/{tag}")
            .Select(v => v.GetProperty("value").GetString()).FirstOrDefault() ?? "–";
}
