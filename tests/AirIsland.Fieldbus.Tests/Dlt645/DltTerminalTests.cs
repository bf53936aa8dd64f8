using System.Diagnostics;
using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>Client and meters at the two ends of a terminal line, which socat makes of two pseudo-terminals.</summary>
public class DltTerminalTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly MeterAddress Meter = MeterAddress.Parse("000102030425");

    [ExternalFact("socat")]
    public async Task Meters_are_read_over_a_terminal_line()
    {
        var start = new ProcessStartInfo("socat", ["-d", "-d", "pty,rawer", "pty,rawer"]) { RedirectStandardError = true };
        using var socat = Process.Start(start) ?? throw new InvalidOperationException("socat did not start");
        try
        {
            var (near, far) = (await TerminalAsync(socat), await TerminalAsync(socat));
            var registers = new Dictionary<DltIdentifier, Func<decimal?>> { [DltIdentifier.Parse("00010000")] = () => 1206.42m };
            var serving = new DltMeters([new DltMeter(Meter, DltEdition.Edition2007, registers)]).ServeAsync(Open(far), default);
            await using var client = new DltClient(
                _ => Task.FromResult<Stream>(Open(near)), new DltClientOptions { Timeout = Deadline });

            Assert.Equal(1206.42m, (await client.ReadAsync(Meter, DltItems.Get("00010000"), default)).Value);
            Assert.Equal(Meter, await client.ReadAddressAsync(default));
            await Assert.ThrowsAsync<DltException>(() => client.ReadAsync(Meter, DltItems.Get("00020000"), default));
            Assert.Equal((0, 0, 0), (client.StrayFrames, client.DroppedBytes, client.Timeouts));

            // The other end hangs up; the meters take it as the end.
            socat.Kill();
            await serving.WaitAsync(Deadline);
        }
        finally
        {
            if (!socat.HasExited)
                socat.Kill();
            await socat.WaitForExitAsync().WaitAsync(Deadline);
        }
    }

    private static FileStream Open(string terminal) =>
        new(terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous);

    private static async Task<string> TerminalAsync(Process socat)
    {
        const string Said = "PTY is ";
        while (await socat.StandardError.ReadLineAsync().WaitAsync(Deadline) is { } line)
        {
            if (line.IndexOf(Said, StringComparison.Ordinal) is >= 0 and var at)
                return line[(at + Said.Length)..];
        }

        throw new InvalidOperationException("socat made no terminal");
    }
}
