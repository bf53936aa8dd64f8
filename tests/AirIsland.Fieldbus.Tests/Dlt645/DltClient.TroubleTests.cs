using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>What a client makes of lines that misbehave: no wrong value, and the next read is right.</summary>
public class DltClientTroubleTests
{
    private const string Asked = "25 04 03 02 01 00";
    private static readonly MeterAddress Meter = MeterAddress.Parse("000102030425");
    private static readonly DltItem Energy = DltItems.Get("00010000");
    private static readonly DltClientOptions Patient = new() { Timeout = TimeSpan.FromSeconds(10), Pause = TimeSpan.Zero };
    private static readonly DltClientOptions Impatient = new()
    {
        Timeout = TimeSpan.FromSeconds(1),
        Silence = TimeSpan.FromMilliseconds(300),
        Pause = TimeSpan.Zero,
    };

    [Fact]
    public async Task A_late_answer_is_drained_and_never_taken_for_the_next()
    {
        var timedOut = new TaskCompletionSource();
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await timedOut.Task;
            await line.SendAsync(RawLine.Frame(Asked, "91", "00 00 01 00 66 06 00 00"));
            await line.ReceiveAsync();
            await line.SendAsync(PublishedFrames.Energy2007);
        });
        await using var client = Client(line, Impatient with { Silence = TimeSpan.FromSeconds(1) });

        var silence = await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(Meter, Energy, default));
        timedOut.SetResult();

        Assert.Equal("meter 000102030425 did not answer 00010000 within 1000 ms", silence.Message);
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal((2, 1, 1), (client.Requests, client.Timeouts, client.StrayFrames));
    }

    [Fact]
    public async Task A_stream_whose_reads_cannot_be_cancelled_will_do()
    {
        var timedOut = new TaskCompletionSource();
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await timedOut.Task;
            await line.SendAsync(RawLine.Frame(Asked, "91", "00 00 01 00 66 06 00 00"));
            await line.ReceiveAsync();
            await line.SendAsync(PublishedFrames.Energy2007);
        });
        var tcp = DltLines.Over(new TcpEndpoint("127.0.0.1", line.Port));
        await using var client = new DltClient(
            async ct => new UncancellableStream(await tcp(ct)), Impatient with { Silence = TimeSpan.FromSeconds(1) });

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(Meter, Energy, default));
        timedOut.SetResult();

        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal((1, 1), (client.Timeouts, client.StrayFrames));
    }

    // A gateway that restarts resets what it had open: its right, and no failure of the next request.
    [Fact]
    public async Task A_line_that_was_reset_while_idle_is_opened_anew_without_a_word()
    {
        var isReset = new TaskCompletionSource();
        await using var line = new RawMeter(
            async line =>
            {
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
                await isReset.Task;
                line.Reset();
            },
            async line =>
            {
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
            });
        await using var client = Client(line, Patient);
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);

        isReset.SetResult();
        // The reset must have reached us before we ask: the kernel says when.
        await UntilAsync(() => !IsConnected(line.Port));

        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal((2, 0), (client.Requests, client.Timeouts));
    }

    [Fact]
    public async Task A_line_that_takes_nothing_is_opened_anew()
    {
        await using var line = new RawMeter(
            line => line.ExpectCloseAsync(),
            async line =>
            {
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
            });
        var tcp = DltLines.Over(new TcpEndpoint("127.0.0.1", line.Port));
        var opened = 0;
        await using var client = new DltClient(
            async ct => new UncancellableStream(await tcp(ct)) { IsStuck = ++opened == 1 }, Impatient);

        var stuck = await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(Meter, Energy, default));

        Assert.Equal("The line did not take a request within 1000 ms", stuck.Message);
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal(1, client.Timeouts);
    }

    [Fact]
    public async Task A_line_that_never_falls_silent_is_opened_anew()
    {
        await using var line = new RawMeter(
            async line =>
            {
                await line.ReceiveAsync();
                await Assert.ThrowsAnyAsync<IOException>(async () =>
                {
                    while (true)
                    {
                        await line.SendAsync(0x55);
                        await Task.Delay(1);
                    }
                });
            },
            async line =>
            {
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
            });
        // Longer than a busy machine pauses between two bytes.
        await using var client = Client(line, Impatient with { Silence = TimeSpan.FromSeconds(2) });

        await Assert.ThrowsAsync<DltGarbledException>(() => client.ReadAsync(Meter, Energy, default));
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.True(client.DroppedBytes > 1);
    }

    [Fact]
    public async Task A_line_that_floods_is_opened_anew()
    {
        await using var line = new RawMeter(
            async line =>
            {
                await line.ReceiveAsync();
                var noise = new byte[1 << 20];
                await Assert.ThrowsAnyAsync<IOException>(async () =>
                {
                    while (true) await line.SendAsync(noise);
                });
            },
            async line =>
            {
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
            });
        await using var client = Client(line, Impatient);

        var first = client.ReadAsync(Meter, Energy, default);
        await Task.WhenAny(first, Task.Delay(TimeSpan.FromSeconds(15)));
        Assert.True(first.IsFaulted, "the read ends by its own deadline");
        await Assert.ThrowsAsync<DltGarbledException>(() => first);
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default).WaitAsync(TimeSpan.FromSeconds(15))).Value);
    }

    [Fact]
    public async Task After_some_timeouts_in_a_row_the_line_is_opened_anew()
    {
        await using var line = new RawMeter(
            async line =>
            {
                await line.ReceiveAsync();
                await line.ReceiveAsync();
                await line.ExpectCloseAsync();
            },
            async line =>
            {
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
            });
        await using var client = Client(line, Impatient with { TimeoutsToReopen = 2, Silence = TimeSpan.FromMilliseconds(10) });

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(Meter, Energy, default));
        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(Meter, Energy, default));
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
    }

    [Fact]
    public async Task A_line_closed_instead_of_an_answer_is_an_IO_failure_and_one_closed_while_idle_is_none()
    {
        var closed = new TaskCompletionSource();
        await using var line = new RawMeter(
            async line => await line.ReceiveAsync(),
            async line =>
            {
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
            },
            async line =>
            {
                closed.SetResult();
                await line.ReceiveAsync();
                await line.SendAsync(PublishedFrames.Energy2007);
            });
        await using var client = Client(line, Patient);

        await Assert.ThrowsAnyAsync<IOException>(() => client.ReadAsync(Meter, Energy, default));
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        // The close must have reached us before we ask: the kernel says when.
        await UntilAsync(() => !IsConnected(line.Port));
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.True(closed.Task.IsCompleted);
    }

    [Fact]
    public async Task A_line_that_cannot_be_opened_is_a_socket_failure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var client = new DltClient(DltLines.Over(new TcpEndpoint("127.0.0.1", port)), Patient);

        await Assert.ThrowsAnyAsync<SocketException>(() => client.ReadAsync(Meter, Energy, default));
        Assert.Equal(0, client.Requests);
    }

    [Fact]
    public async Task A_cancelled_read_leaves_no_answer_behind()
    {
        using var cancel = new CancellationTokenSource();
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await cancel.CancelAsync();
            await line.SendAsync(RawLine.Frame(Asked, "91", "00 00 01 00 66 06 00 00"));
            await line.ReceiveAsync();
            await line.SendAsync(PublishedFrames.Energy2007);
        });
        await using var client = Client(line, Patient with { Silence = TimeSpan.FromSeconds(1) });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ReadAsync(Meter, Energy, cancel.Token));
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal((1, 0), (client.StrayFrames, client.Timeouts));
    }

    [Fact]
    public async Task Disposing_ends_what_is_under_way()
    {
        var asked = new TaskCompletionSource();
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            asked.SetResult();
            await line.ExpectCloseAsync();
        });
        var client = Client(line, Patient with { Timeout = TimeSpan.FromMinutes(1) });
        var read = client.ReadAsync(Meter, Energy, default);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ReadAsync(Meter, Energy, default));
    }

    private static DltClient Client(RawMeter line, DltClientOptions options) =>
        new(DltLines.Over(new TcpEndpoint("127.0.0.1", line.Port)), options);

    private static bool IsConnected(int port) => IPGlobalProperties.GetIPGlobalProperties()
        .GetActiveTcpConnections()
        .Any(c => c.RemoteEndPoint.Port == port && c.State == TcpState.Established);

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition());
    }
}
