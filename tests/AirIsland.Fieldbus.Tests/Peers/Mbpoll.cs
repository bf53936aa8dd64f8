using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AirIsland.Fieldbus.Tests.Peers;

/// <summary>mbpoll, a master around libmodbus. Addresses are those of the protocol, counted from 0.</summary>
internal static partial class Mbpoll
{
    /// <summary>A slave at a TCP port of this machine.</summary>
    public static (string[] Options, string Target) Tcp(int port) => (["-m", "tcp", "-p", $"{port}"], "127.0.0.1");

    /// <summary>A slave at a serial port, 19200 baud without parity.</summary>
    public static (string[] Options, string Target) Rtu(string port) => (["-m", "rtu", "-b", "19200", "-P", "none"], port);

    public static async Task<IEnumerable<double>> ReadAsync((string[] Options, string Target) slave, string arguments)
    {
        var output = await RunAsync(slave, arguments);
        var values = ValuePattern().Matches(output).Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.True(values.Count > 0, output);
        return values;
    }

    public static async Task<string> RunAsync((string[] Options, string Target) slave, string arguments, params string[] values)
    {
        string[] all = [.. slave.Options, "-0", "-1", "-o", "10", .. arguments.Split(' '), slave.Target, .. values];
        var start = new ProcessStartInfo("mbpoll", all) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("mbpoll did not start");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        return await process.StandardOutput.ReadToEndAsync(deadline.Token) + await error;
    }

    /// <summary>A line of a value: <c>[10]: 	123</c>; a 16-bit value above 32767 also has its signed reading behind it.</summary>
    [GeneratedRegex(@"^\[\d+\]:\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex ValuePattern();
}
