namespace AirIsland.Benchmarks;

/// <summary>influxdb 1.x as Debian packs it; its write-ahead log is synced before it answers.</summary>
internal sealed class InfluxPeer(PeerProcess process) : LinePeer(process)
{
    public override string Name => "influxdb";

    protected override string WritePath => "/write?db=bench&precision=ns";

    public static async Task<IPeer> StartAsync(int port)
    {
        var process = await PeerProcess.StartAsync(new($"http://127.0.0.1:{port}"), "/ping", directory =>
        {
            var settings = Path.Combine(directory, "influxd.conf");
            File.WriteAllText(settings, $"""
                reporting-disabled = true
                bind-address = "127.0.0.1:{port + 1}"
                [meta]
                  dir = "{directory}/meta"
                [data]
                  dir = "{directory}/data"
                  wal-dir = "{directory}/wal"
                  query-log-enabled = false
                [monitor]
                  store-enabled = false
                [http]
                  bind-address = "127.0.0.1:{port}"
                  log-enabled = false
                  max-row-limit = 0
                [logging]
                  level = "error"
                """);
            return ["influxd", "-config", settings];
        });
        using var made = await process.Http.PostAsync("/query", new FormUrlEncodedContent([new("q", "CREATE DATABASE bench")]));
        made.EnsureSuccessStatusCode();
        return new InfluxPeer(process);
    }

    // It compacts a shard when nothing was written to it for a while, hours by default: what is measured is what a minute leaves.
    public override Task SettleAsync() => Task.Delay(TimeSpan.FromSeconds(60));

    public override PeerQuestions Questions(int levels, int registers, long from, int hours)
    {
        var (to, middle) = (from + (hours * 3_600_000L), from + (hours / 2 * 3_600_000L));
        static string Ask(string question) => $"/query?db=bench&epoch=ms&q={Escaped(question)}";
        return new(
            Ask($"SELECT last(value) FROM m WHERE time >= {to - 300_000}ms AND time < {to}ms GROUP BY id"),
            Ask($"SELECT value FROM m WHERE id = 'm0003' AND time >= {middle}ms AND time < {middle + 3_600_000}ms"),
            Ask($"SELECT mean(value) FROM m WHERE id =~ /^m000[0-9]$/ AND time >= {from}ms AND time < {to}ms GROUP BY time(1h), id"),
            [
                Ask($"SELECT last(value) FROM c WHERE time >= {from - 300_000}ms AND time <= {from}ms GROUP BY id"),
                Ask($"SELECT last(value) FROM c WHERE time >= {to - 360_000}ms AND time <= {to - 60_000}ms GROUP BY id"),
            ]);
    }
}
