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
            var terminal = new FileInfo(wire.First).LinkTarget ?? throw new InvalidOperationException("socat made no terminal");
            var line = await wire.FirstEnd.OpenAsync(default);
            Assert.True(Holds(terminal), "an open port cannot be told from a closed one");
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
            await IsLetGoAsync(terminal);
        }
    }

    // What ends writes and reads for the runtime ends with its adapter, once and for all: such a port would take no request any more.
    [ExternalFact("socat")]
    public async Task A_port_that_takes_no_bytes_is_no_longer_open()
    {
        await using var wire = await SerialPair.OpenAsync();
        using var line = await wire.FirstEnd.OpenAsync(default);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        Assert.True(line.IsOpen);

        // Nobody takes them at the other end: the terminal is full.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await line.SendAsync(new byte[1 << 20], patience.Token));

        Assert.False(line.IsOpen);
    }

    private static async Task IsLetGoAsync(string terminal)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (Holds(terminal)) await Task.Delay(20, deadline.Token);
    }

    /// <summary>Whether this process has the terminal open. A number is not given to another terminal as long as somebody has.</summary>
    private static bool Holds(string terminal) => Directory.EnumerateFiles("/proc/self/fd")
        .Any(f => new FileInfo(f).LinkTarget is { } target && (target == terminal || target == $"{terminal} (deleted)"));
}
