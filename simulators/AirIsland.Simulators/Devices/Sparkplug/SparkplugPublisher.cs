using System.Buffers;
using System.Net.Sockets;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Mqtt;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AirIsland.Simulators.Devices.Sparkplug;

/// <summary>
/// Brings what the nodes have to say to the broker, each node through a connection of its own whose will is its death. What waited while
/// the broker was away is sent as historical. QoS 0 has no receipt: a sample counts as served when it was sent.
/// </summary>
public sealed partial class SparkplugPublisher(SparkplugNodes nodes, BrokerOptions broker, ILogger<SparkplugPublisher> logger)
    : BackgroundService
{
    // A broker is real, also for a plant on a faster clock: these are seconds of the wall.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(nodes.Nodes.Select(node => SpeakAsync(node, stoppingToken)));

    private async Task SpeakAsync(SparkplugNode node, CancellationToken stopping)
    {
        for (byte number = 0; !stopping.IsCancellationRequested; number++)
        {
            try
            {
                await ConverseAsync(node, new(node.Group, node.Node, number), stopping);
            }
            catch (Exception e) when (IsAbsence(e) && !stopping.IsCancellationRequested)
            {
                LogAway(broker.Host, broker.Port, node.Group, node.Node, e.Message);
            }
            catch (OperationCanceledException)
            {
                // The host stops; what is left dies with the meters.
            }
            await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConverseAsync(SparkplugNode node, EdgeNodeSession session, CancellationToken stopping)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        // Not disposed: it holds nothing, and the library may tell late.
        var lost = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost.Token);
        client.DisconnectedAsync += _ => lost.CancelAsync();
        client.ApplicationMessageReceivedAsync += e =>
        {
            if (AsksForBirth(e.ApplicationMessage)) node.AskForBirths();
            return Task.CompletedTask;
        };
        await OpenAsync(client, node, session, ending.Token);
        var late = node.Items.Count;
        var stated = await BearAsync(node, session, node.Births(), client, ending.Token);
        await foreach (var item in node.Items.ReadAllAsync(ending.Token))
        {
            var isLate = late-- > 0;
            if (item.Meter is null) stated = await BearAsync(node, session, item.Births, client, ending.Token);
            else if (item.Values is null) await DieAsync(item, item.Meter, session, client, ending.Token);
            else await SayAsync(node, session, client, isLate ? Late(item, stated) : item, ending.Token);
        }
    }

    // The library knows no timeout where it is given a way to cancel.
    private async Task OpenAsync(IMqttClient client, SparkplugNode node, EdgeNodeSession session, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        await client.ConnectAsync(Options(node, session.Death(node.Instant)), limit.Token);
        var commands = new SparkplugTopic(node.Group, SparkplugVerb.NCmd, node.Node).ToString();
        await client.SubscribeAsync(commands, MqttQualityOfServiceLevel.AtLeastOnce, limit.Token);
    }

    /// <summary>Returns what was stated: aliases and times.</summary>
    private async Task<HashSet<(ulong?, ulong?)>> BearAsync(
        SparkplugNode node, EdgeNodeSession session, IReadOnlyList<(FleetDevice Meter, IReadOnlyList<SparkplugMetric> Metrics)> births,
        IMqttClient client, CancellationToken ct)
    {
        await SendAsync(client, session.Birth(node.Instant, []), ct);
        foreach (var (meter, metrics) in births)
            await SendAsync(client, session.DeviceBirth(SparkplugNode.DeviceOf(meter), node.Instant, metrics), ct);
        LogBorn(node.Group, node.Node, broker.Host, broker.Port);
        return [.. births.SelectMany(b => b.Metrics).Select(m => (m.Alias, m.Timestamp))];
    }

    private static NodeItem Late(NodeItem item, HashSet<(ulong?, ulong?)> stated) => item with
    {
        Values = [.. (item.Values ?? []).Where(v => !stated.Contains((v.Alias, v.Timestamp))).Select(v => v with { IsHistorical = true })],
    };

    private static async Task DieAsync(
        NodeItem item, FleetDevice meter, EdgeNodeSession session, IMqttClient client, CancellationToken ct)
    {
        var device = SparkplugNode.DeviceOf(meter);
        if (session.Lives(device)) await SendAsync(client, session.DeviceDeath(device, item.Sent), ct);
    }

    /// <summary>Counts ahead of the bytes: who has heard of a sample finds it counted. What was not sent is lost, and has failed.</summary>
    private static async Task SayAsync(SparkplugNode node, EdgeNodeSession session, IMqttClient client, NodeItem item, CancellationToken ct)
    {
        if (item is not { Meter: { Device: var counted } meter, Values: { } values }) return;
        var device = SparkplugNode.DeviceOf(meter);
        counted.Serve(values.Count);
        counted.Traffic.Answer();
        try
        {
            if (!session.Lives(device)) await SendAsync(client, session.DeviceBirth(device, item.Sent, node.Birth(meter)), ct);
            if (values.Count > 0) await SendAsync(client, session.DeviceData(device, item.Sent, values), ct);
        }
        catch (Exception e) when (IsAbsence(e))
        {
            counted.Serve(-values.Count);
            counted.Traffic.TakeBack();
            counted.Traffic.Fail();
            throw;
        }
    }

    private static async Task SendAsync(IMqttClient client, SparkplugMessage message, CancellationToken ct)
    {
        var sent = new MqttApplicationMessageBuilder().WithTopic(message.Topic.ToString()).WithPayload(message.Payload).Build();
        await client.PublishAsync(sent, ct);
    }

    private static bool AsksForBirth(MqttApplicationMessage message)
    {
        try
        {
            return SparkplugPayload.Decode(message.Payload.ToArray()).AsksForRebirth;
        }
        catch (SparkplugException)
        {
            return false;
        }
    }

    private MqttClientOptions Options(SparkplugNode node, SparkplugMessage death) => new MqttClientOptionsBuilder()
        .WithClientId($"{node.Group}-{node.Node}")
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithCleanStart()
        .WithTcpServer(broker.Host, broker.Port)
        .WithTimeout(Timeout)
        .WithWillTopic(death.Topic.ToString())
        .WithWillPayload(death.Payload)
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    // The client's word for a connection that is still being taken down is InvalidOperationException.
    private static bool IsAbsence(Exception e) =>
        e is MqttCommunicationException or MqttClientNotConnectedException or SocketException or IOException or OperationCanceledException
            or InvalidOperationException;
}
