using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Simulators.Tests;

/// <summary>All simulators, on free ports of 127.0.0.1 and on a clock that stands until it is moved; begins at 05:30 site time.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly IHost _host;

    private Running(IHost host, FakeTimeProvider time, int brokerPort)
    {
        (_host, Time, BrokerPort) = (host, time, brokerPort);
        Runner = host.Services.GetRequiredService<PlantRunner>();
        Bench = host.Services.GetRequiredService<DeviceBench>();
    }

    public FakeTimeProvider Time { get; }

    public int BrokerPort { get; }

    public PlantRunner Runner { get; }

    public DeviceBench Bench { get; }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public int PortOf(string device) => Fleet[device].Endpoint?.Port ?? throw new InvalidOperationException($"{device} does not listen");

    public DeviceFleet Fleet => Get<DeviceFleet>();

    public static async Task<Running> StartAsync(params string[] settings)
    {
        var time = new FakeTimeProvider(new(2026, 3, 10, 5, 30, 0, TimeSpan.FromHours(8)));
        var brokerPort = FreePorts.Next();
        var host = SimulatorApp.Build(
            [
                "--modbus:instead:15021", "0", "--modbus:instead:15022", "0", "--modbus:instead:15023", "0",
                "--modbus:instead:15030", "0", "--modbus:instead:15041", "0", "--broker:port", $"{brokerPort}", .. settings,
            ],
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Logging.ClearProviders();
            });
        await host.StartAsync();
        return new(host, time, brokerPort);
    }

    /// <summary>Moves the clock and waits until the plant is there.</summary>
    public async Task PassAsync(TimeSpan duration)
    {
        Time.Advance(duration);
        await Eventually.IsTrueAsync(() => Runner.Instant == Time.GetUtcNow(), "the plant follows the clock");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
