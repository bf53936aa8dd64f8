using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Lines;

/// <summary>Serial ports, on terminals that socat makes.</summary>
public class SerialLineTests
{
    // The runtime's own port then never closed: an agent waited for ever, with all devices of the line.
    [ExternalFact("socat")]
    public async Task A_port_whose_adapter_was_pulled_in_the_moment_of_a_write_closes_in_time()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var wire = await SerialPair.OpenAsync();
            var line = await wire.FirstEnd.OpenAsync(default);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            var read = line.ReceiveAsync(new byte[8], default).AsTask();
            await line.SendAsync(new byte[8], default);

            var pulled = wire.PullOutAsync();
            var write = line.SendAsync(new byte[8], patience.Token).AsTask();
            await Task.WhenAny(read, Task.Delay(TimeSpan.FromSeconds(1)));
            var second = line.SendAsync(new byte[8], patience.Token).AsTask();
            await pulled;
            await Task.Run(line.Dispose).WaitAsync(TimeSpan.FromSeconds(10));

            foreach (var task in (Task[])[write, second])
                await task.ContinueWith(t => _ = t.Exception, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(10));
        }
    }
}
