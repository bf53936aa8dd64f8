namespace AirIsland.Benchmarks;

/// <summary>VictoriaMetrics as Debian packs it; it answers before anything is on disk.</summary>
internal sealed class VictoriaPeer(PeerProcess process) : LinePeer(process)
{
    public override string Name => "victoriametrics";

    protected override string WritePath => "/write";

    public static async Task<IPeer> StartAsync(int port) => new VictoriaPeer(await PeerProcess.StartAsync(
        new($"http://127.0.0.1:{port}"), "/health",
        directory =>
        [
            "victoria-metrics", $"-storageDataPath={directory}", $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=100y",
            "-search.latencyOffset=0s", "-loggerLevel=ERROR",
        ]));

    public override async Task SettleAsync()
    {
        foreach (var path in (string[])["/internal/force_flush", "/internal/force_merge"])
            using (await Process.Http.GetAsync(path)) { }
        await Task.Delay(TimeSpan.FromSeconds(30));
    }

    public override PeerQuestions Questions(int levels, int registers, long from, int hours)
    {
        var (begin, end) = (from / 1000, (from / 1000) + (hours * 3600L));
        var middle = begin + (hours / 2 * 3600L);
        return new(
            $"/api/v1/query?query={Escaped("last_over_time(m_value[5m])")}&time={end - 1}",
            $"/api/v1/export?match[]={Escaped("m_value{id=\"m0003\"}")}&start={middle}&end={middle + 3599}",
            $"/api/v1/query_range?start={begin + 3600}&end={end}&step=3600&query="
            + Escaped("avg_over_time(m_value{id=~\"m000[0-9]\"}[1h])"),
            [
                $"/api/v1/query?query={Escaped("last_over_time(c_value[5m])")}&time={begin + 60}",
                $"/api/v1/query?query={Escaped("last_over_time(c_value[5m])")}&time={end - 60}",
            ]);
    }
}
