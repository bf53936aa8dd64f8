using System.CommandLine;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Edge.Commissioning;

/// <summary>The options by which a verb is told its line, and the Modbus client of it, which cannot write.</summary>
internal static class LineArguments
{
    private static readonly Option<string> Address = new("--address")
    {
        Description = "host:port, or serial:/dev/ttyS1.",
        Required = true,
    };

    private static readonly Option<bool> Rtu = new("--rtu") { Description = "RTU frames over TCP. A serial port speaks RTU anyway." };

    private static readonly Option<int> Baud = new("--baud") { Description = "Serial: bits per second.", DefaultValueFactory = _ => 9_600 };

    private static readonly Option<SerialParity> Parity = new("--parity")
    {
        Description = "Serial: None, Even or Odd.",
        DefaultValueFactory = _ => SerialParity.Even,
    };

    private static readonly Option<int> StopBits = new("--stop-bits") { Description = "Serial: 1 or 2.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "How long a device may take to answer, ms.",
        DefaultValueFactory = _ => 1_000,
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Address, Rtu, Baud, Parity, StopBits, Timeout]) command.Options.Add(option);
    }

    public static ModbusClient Open(ParseResult parsed)
    {
        var endpoint = Endpoint(parsed);
        var isRtu = parsed.GetValue(Rtu) || LineAddress.TryParse(endpoint.Address) is LineAddress.Serial;
        var framing = isRtu ? ModbusFraming.Rtu : ModbusFraming.Tcp;
        var options = new ModbusClientOptions { Timeout = TimeSpan.FromMilliseconds(parsed.GetValue(Timeout)) };
        // Only what dials in needs the book to be kept.
        return new(new LineBook().Line(endpoint), framing, options);
    }

    public static string AddressOf(ParseResult parsed) => parsed.GetRequiredValue(Address);

    /// <summary>Every mistake in the call.</summary>
    public static IEnumerable<string> Mistakes(ParseResult parsed)
    {
        var address = parsed.GetRequiredValue(Address);
        if (LineAddress.TryParse(address) is not (LineAddress.Tcp or LineAddress.Serial))
            return [$"--address '{address}' is neither host:port nor serial:PORT"];
        return parsed.GetValue(Timeout) is < 10 or > 60_000 ? ["--timeout must be 10 to 60000"] : Endpoint(parsed).Mistakes("line");
    }

    /// <summary>The line as it was told.</summary>
    public static EndpointOptions Endpoint(ParseResult parsed) => EndpointOptions.At(parsed.GetRequiredValue(Address)) with
    {
        Id = "line",
        Baud = parsed.GetValue(Baud),
        Parity = parsed.GetValue(Parity),
        StopBits = parsed.GetValue(StopBits),
        Timeout = TimeSpan.FromMilliseconds(parsed.GetValue(Timeout)),
    };
}
