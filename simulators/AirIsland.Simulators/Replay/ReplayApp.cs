using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Mqtt;
using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Replay;

/// <summary>A whole replay: servers, broker, and the file that moves the devices.</summary>
public static class ReplayApp
{
    // How long the broker may take for the last messages, in seconds of the wall.
    private static readonly TimeSpan LastMessages = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the file ends, or for ever when the description says so.</summary>
    /// <param name="plan">What is replayed.</param>
    /// <param name="firstPort">See <see cref="ReplayServers.StartAsync"/>.</param>
    /// <param name="output">Told where the devices are, and in the end what was given.</param>
    /// <param name="time">The clock; null: the machine's.</param>
    /// <param name="cancellationToken">A regular end.</param>
    /// <exception cref="ReplayException">The file is not what the description says.</exception>
    /// <exception cref="IOException">A port is taken, the file cannot be read, or the broker did not take the last messages.</exception>
    public static async Task RunAsync(
        ReplayPlan plan, int? firstPort, TextWriter output, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(output);
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        var logger = logging.CreateLogger("AirIsland.Simulators.Replay");
        var report = new InputReport(plan.Description.File, logger);
        var gate = new Lock();

        // Before anything listens: what is wrong with the file is said first.
        await using (await Tables.TableFile.OpenAsync(plan.Description, plan.Columns, static (_, _) => { }, cancellationToken))
        {
        }
        await using var servers = await ReplayServers.StartAsync(plan, gate, firstPort);
        using var broker = plan is { Speaks: true, Description.Broker.Embedded: true } ? new EmbeddedBroker(plan.Description.Broker) : null;
        if (broker is not null) await broker.StartAsync(cancellationToken);
        await using var publisher = plan.Speaks ? new ReplayPublisher(plan.Description.Broker, logger) : null;
        await AnnounceAsync(plan, servers, output);

        var player = new ReplayPlayer(plan, gate, report, time ?? TimeProvider.System);
        try
        {
            await player.PlayAsync(
                (message, ct) => publisher?.SendAsync(message, ct) ?? ValueTask.CompletedTask, cancellationToken);
            await FinishAsync(plan, publisher, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A regular end.
        }
        await output.WriteLineAsync(
            $"{player.Given} rows given, {report.BadRows} bad rows, {report.BadCells} bad cells, " +
            $"{plan.Devices.Sum(device => device.Face.ServedSamples)} samples served");
        if (broker is not null) await broker.StopAsync(CancellationToken.None);
    }

    private static async Task FinishAsync(ReplayPlan plan, ReplayPublisher? publisher, CancellationToken ct)
    {
        if (publisher is not null)
        {
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
                deadline.CancelAfter(LastMessages);
                await publisher.CompleteAsync(deadline.Token);
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new IOException("the broker did not take the last messages", e);
            }
        }
        if (plan.Description.End == ReplayEnd.Hold) await Task.Delay(Timeout.Infinite, ct);
    }

    private static async Task AnnounceAsync(ReplayPlan plan, ReplayServers servers, TextWriter output)
    {
        foreach (var device in plan.Devices)
        {
            var (id, profile) = (device.Device.Id, device.Profile.Id);
            await output.WriteLineAsync(device.Profile.Protocol == DeviceProtocol.Modbus
                ? $"{id}: {profile}, Modbus TCP {servers.Endpoints[id]} unit {device.Device.Unit}"
                : $"{id}: {profile}, MQTT {plan.Description.Broker.Host}:{plan.Description.Broker.Port} {device.Device.Topic}");
        }
        await output.FlushAsync();
    }
}
