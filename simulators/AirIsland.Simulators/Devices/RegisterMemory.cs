using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Simulators.Devices;

/// <summary>
/// A meter does not forget its register when it is switched off. Takes the registers up again at the start, keeps them every ten
/// seconds of station time and at the end; a run that is killed may therefore step back by ten seconds of flow.
/// </summary>
public sealed class RegisterMemory(MeteredPlant plant, MemoryOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly string _path = Path.Combine(options.Directory, "registers.json");

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Directory.Length == 0) return Task.CompletedTask;
        Directory.CreateDirectory(options.Directory);
        if (File.Exists(_path)) Restore(JsonSerializer.Deserialize<Dictionary<string, decimal>>(File.ReadAllText(_path)) ?? []);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (options.Directory.Length > 0) Keep();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Keep();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync keeps the last state.
        }
    }

    private void Restore(Dictionary<string, decimal> totals)
    {
        lock (plant.Gate)
        {
            foreach (var (register, total) in totals)
                if (plant.Registers.TryGetValue(register, out var totaliser)) totaliser.Total = total;
            // The displays show what was restored before anybody reads them.
            plant.Stand(plant.Plant.Instant);
        }
    }

    private void Keep()
    {
        Dictionary<string, decimal> totals;
        lock (plant.Gate) totals = plant.Registers.ToDictionary(r => r.Key, r => r.Value.Total);
        // Replaced whole, so that a run that is killed here leaves the older file.
        File.WriteAllText(_path + ".new", JsonSerializer.Serialize(totals));
        File.Move(_path + ".new", _path, overwrite: true);
    }
}
