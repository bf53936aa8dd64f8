using System.Net;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Edge.Tests.Metering;

public class LineAddressTests
{
    [Fact]
    public void Every_kind_of_line_has_an_address()
    {
        Assert.Equal(new LineAddress.Tcp("10.0.0.5", 502), LineAddress.TryParse("10.0.0.5:502"));
        Assert.Equal(new LineAddress.Serial("/dev/ttyS1"), LineAddress.TryParse("serial:/dev/ttyS1"));
        Assert.Equal(new LineAddress.DialIn(new(IPAddress.Loopback, 15900), "dtu-7"), LineAddress.TryParse("dial-in:15900/dtu-7"));
        Assert.Equal(new LineAddress.DialIn(new(IPAddress.Any, 15900), "dtu-7"), LineAddress.TryParse("dial-in:0.0.0.0:15900/dtu-7"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10.0.0.5")]
    [InlineData("10.0.0.5:0")]
    [InlineData("10.0.0.5:65536")]
    [InlineData("serial:")]
    [InlineData("dial-in:15900")]
    [InlineData("dial-in:15900/")]
    [InlineData("dial-in:somewhere:15900/dtu-7")]
    public void What_is_no_address_is_none(string? text) => Assert.Null(LineAddress.TryParse(text));

    [Fact]
    public void Every_mistake_of_a_line_is_named()
    {
        var mistakes = new EndpointOptions
        {
            Address = "serial:/dev/ttyS1",
            Framing = LineFraming.Tcp,
            Baud = 10,
            DataBits = 9,
            StopBits = 3,
            MaxInFlight = 17,
            Registration = "0xZZ",
            Timeout = TimeSpan.FromMinutes(2),
            Pause = TimeSpan.FromSeconds(2),
        }.Mistakes("line").ToArray();

        foreach (var name in new[] { "Framing", "Baud", "DataBits", "StopBits", "MaxInFlight", "Registration", "Timeout", "Pause" })
            Assert.Contains(mistakes, m => m.Contains(name, StringComparison.Ordinal));
        Assert.Empty(new EndpointOptions { Address = "10.0.0.5:502", MaxInFlight = 4 }.Mistakes("line"));
        Assert.NotEmpty(new EndpointOptions { Address = "10.0.0.5:502", Framing = LineFraming.Rtu, MaxInFlight = 4 }.Mistakes("line"));
    }

    [Fact]
    public async Task Gateways_of_one_port_share_its_listener_which_goes_on_while_they_stay_the_same()
    {
        var port = FreePort();
        await using var book = new LineBook();
        EndpointOptions first = DialIn(port, "dtu-1"), second = DialIn(port, "dtu-2");
        await book.ApplyAsync([first, second, EndpointOptions.At("127.0.0.1:1")]);
        using var gateway = new System.Net.Sockets.TcpClient();
        await gateway.ConnectAsync(IPAddress.Loopback, port);
        await gateway.GetStream().WriteAsync("dtu-1"u8.ToArray());
        using var line = await Opened(book.Line(first));

        await book.ApplyAsync([second, first]);
        await gateway.GetStream().WriteAsync(new byte[] { 7 });

        var buffer = new byte[1];
        Assert.Equal(1, await line.ReceiveAsync(buffer, CancellationToken.None));
        Assert.Equal(7, buffer[0]);
        await book.ApplyAsync([]);
        using var late = new System.Net.Sockets.TcpClient();
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => late.ConnectAsync(IPAddress.Loopback, port));
    }

    private static async Task<IByteLine> Opened(ILineEndpoint endpoint)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await endpoint.OpenAsync(soon.Token);
    }

    private static EndpointOptions DialIn(int port, string name) => new() { Id = name, Address = $"dial-in:{port}/{name}" };

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
