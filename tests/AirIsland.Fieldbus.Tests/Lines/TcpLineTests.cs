using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Tests.Modbus;

namespace AirIsland.Fieldbus.Tests.Lines;

public class TcpLineTests
{
    // A gateway that dials in again closes its first line under whoever is asking on it: another exception would end its driver.
    [Fact]
    public async Task A_line_that_was_closed_under_its_user_says_so_like_a_broken_one()
    {
        await using var peer = new RawPeer(c => c.ExpectCloseAsync());
        var line = await new TcpEndpoint("127.0.0.1", peer.Port).OpenAsync(default);
        Assert.Equal(0, line.Available);

        line.Dispose();

        Assert.False(line.IsOpen);
        Assert.Throws<IOException>(() => line.Available);
        await Assert.ThrowsAsync<IOException>(async () => await line.SendAsync(new byte[1], default));
        await Assert.ThrowsAsync<IOException>(async () => await line.ReceiveAsync(new byte[1], default));
    }
}
