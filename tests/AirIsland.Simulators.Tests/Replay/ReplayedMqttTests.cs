using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AirIsland.Simulators.Replay;
using MQTTnet;
using MQTTnet.Server;

namespace AirIsland.Simulators.Tests.Replay;

public sealed class ReplayedMqttTests : IDisposable
{
    private const int Rows = 1_500;

    private readonly ReplayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_broker_that_comes_late_gets_every_row_in_order()
    {
        var port = FreePorts.Next();
        var first = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var plan = _bench.Plan(
            ReplayBench.Flow with { Speed = ReplaySpeed.Max, Broker = new() { Embedded = false, Port = port } },
            ["t,flow", .. Enumerable.Range(0, Rows).Select(i => $"{first.AddMinutes(i):yyyy-MM-dd'T'HH:mm:ss'Z'},{i}")]);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var output = new StringWriter();

        var replay = ReplayApp.RunAsync(plan, firstPort: null, output, cancellationToken: deadline.Token);
        var heard = new ConcurrentQueue<int>();
        using var broker = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
                .WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(port).Build());
        broker.InterceptingPublishAsync += message =>
        {
            using var json = JsonDocument.Parse(message.ApplicationMessage.ConvertPayloadToString());
            heard.Enqueue((int)json.RootElement.GetProperty("flow").GetDecimal());
            return Task.CompletedTask;
        };
        await broker.StartAsync();
        await replay;

        Assert.Equal(Enumerable.Range(0, Rows), heard);
        Assert.Contains($"{Rows} rows given, 0 bad rows, 0 bad cells", output.ToString(), StringComparison.Ordinal);
    }
}
