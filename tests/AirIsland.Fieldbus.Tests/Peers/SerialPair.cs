using System.Diagnostics;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Tests.Peers;

/// <summary>Two serial ports and the wire between them, by socat; or one, whose other end is an address of socat's.</summary>
internal sealed class SerialPair : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airisland-serial-");
    private Process? _socat;

    private SerialPair()
    {
    }

    public string First => Path.Combine(_folder.FullName, "first");

    public string Second => Path.Combine(_folder.FullName, "second");

    /// <summary>Pseudo-terminals know no parity; the speed only tells how long silence is.</summary>
    public SerialEndpoint FirstEnd => new(First) { Baud = 19_200, Parity = SerialParity.None };

    public SerialEndpoint SecondEnd => FirstEnd with { Port = Second };

    public static async Task<SerialPair> OpenAsync(string? otherEnd = null)
    {
        var pair = new SerialPair();
        await pair.PlugInAsync(otherEnd);
        return pair;
    }

    public async Task PlugInAsync(string? otherEnd = null)
    {
        string[] ends = [$"pty,raw,echo=0,link={First}", otherEnd ?? $"pty,raw,echo=0,link={Second}"];
        _socat = Process.Start(new ProcessStartInfo("socat", ends)) ?? throw new InvalidOperationException("socat did not start");
        using var deadline = new CancellationTokenSource(Deadline);
        while (!File.Exists(First) || (otherEnd is null && !File.Exists(Second)))
            await Task.Delay(10, deadline.Token);
    }

    /// <summary>Takes the ports away, as a USB adapter does that is pulled out.</summary>
    public async Task PullOutAsync()
    {
        if (_socat is not { } socat)
            return;
        socat.Kill();
        await socat.WaitForExitAsync().WaitAsync(Deadline);
        socat.Dispose();
        _socat = null;
        // Links that are left over would pass for the ports of the next plugging in.
        File.Delete(First);
        File.Delete(Second);
    }

    public async ValueTask DisposeAsync()
    {
        await PullOutAsync();
        _folder.Delete(recursive: true);
    }
}
