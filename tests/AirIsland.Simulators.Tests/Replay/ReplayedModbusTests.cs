using System.Globalization;
using System.Text.RegularExpressions;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Replay;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Simulators.Tests.Replay;

public sealed partial class ReplayedModbusTests : IDisposable
{
    private readonly ReplayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_device_shows_each_row_from_its_time_on()
    {
        await using var playing = await Playing.StartAsync(_bench.Plan(
            ReplayBench.Power, "t,kW", "2026-01-01T00:00:00Z,100", "2026-01-01T00:01:00Z,110.4", "2026-01-01T00:02:00Z,-3"));

        await playing.UntilGivenAsync(1);
        Assert.Equal(100m, await playing.PowerAsync());
        playing.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(100m, await playing.PowerAsync());
        playing.Time.Advance(TimeSpan.FromSeconds(1));
        await playing.UntilGivenAsync(2);
        Assert.Equal(110.4m, await playing.PowerAsync());
        playing.Time.Advance(TimeSpan.FromSeconds(60));
        await playing.UntilGivenAsync(3);
        Assert.Equal(-3m, await playing.PowerAsync());
        Assert.Equal(4, playing.Plan.Devices[0].Face.ServedSamples);
    }

    [Fact]
    public async Task A_gap_is_refused_and_what_is_not_replayed_does_not_exist()
    {
        await using var playing = await Playing.StartAsync(_bench.Plan(ReplayBench.Power, "t,kW", "2026-01-01T00:00:00Z,"));
        await playing.UntilGivenAsync(1);

        var gap = await Assert.ThrowsAsync<ModbusException>(playing.PowerAsync);
        var absent = await Assert.ThrowsAsync<ModbusException>(() => playing.ReadAsync(0x77, 1));

        Assert.Equal(ModbusExceptionCode.ServerDeviceFailure, gap.Code);
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, absent.Code);
        Assert.Equal(0, playing.Plan.Devices[0].Face.ServedSamples);
    }

    [Fact]
    public async Task Before_the_first_row_a_device_has_nothing_to_show_but_its_constants()
    {
        var points = new Dictionary<string, ReplayPoint>
        {
            ["electrical/Power"] = new() { Column = "kW" },
            ["electrical/Frequency"] = new() { Value = 50 },
        };
        var description = ReplayBench.Power with
        {
            Begin = "2025-12-31T23:00:00Z",
            Devices = [ReplayBench.Power.Devices[0] with { Points = points }],
        };
        await using var playing = await Playing.StartAsync(_bench.Plan(description, "t,kW", "2026-01-01T00:00:00Z,5"));

        await Assert.ThrowsAsync<ModbusException>(playing.PowerAsync);
        Assert.Equal(5000, Assert.Single(await playing.ReadAsync(0x77, 1)));
    }

    [Fact]
    public async Task A_held_gap_shows_the_last_value()
    {
        await using var playing = await Playing.StartAsync(_bench.Plan(
            ReplayBench.Power with { Gaps = GapRule.Hold, Speed = ReplaySpeed.Max },
            "t,kW", "2026-01-01T00:00:00Z,7", "2026-01-01T00:01:00Z,"));
        await playing.UntilGivenAsync(2);

        Assert.Equal(7m, await playing.PowerAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var plan = _bench.Plan(ReplayBench.Power, "t,kW");
        await using var first = await ReplayServers.StartAsync(plan, new(), null);
        var taken = first.Endpoints["power"].Port;

        var failure = await Assert.ThrowsAsync<IOException>(() => ReplayServers.StartAsync(plan, new(), taken));

        Assert.Contains($"power cannot listen on 127.0.0.1:{taken}", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The shape of a real plant's log: US dates, blanks in names, two rows of one minute.</summary>
    [ExternalFact("mbpoll")]
    public async Task A_plants_log_is_read_by_a_stranger_at_the_makers_addresses()
    {
        var log = _bench.Write(
            "extract.csv",
            "DateTime,Compressor A1 (kW),Compressor B1 (kW),Compressor C 1(kW),Compressor D1 (kW),Pressure (psig)",
            "5/1/2022 5:00,160,280.5,360.25,400,83.5",
            "5/1/2022 5:01,170,281,361,401,80",
            "5/1/2022 5:01,171,281,361,401,80",
            "5/16/2022 13:02,172.4,282,362,402,87");
        var description = DescriptionFile.Load(Path.Combine(AppContext.BaseDirectory, "samples", "plant-log.json"));
        var plan = PlanBuilder.Build(description with { File = log, Speed = ReplaySpeed.Max }, "plant-log.json");
        await using var playing = await Playing.StartAsync(plan);
        await playing.UntilGivenAsync(4);

        // Current transformers 200/5: one count of 0.001 kW is 0.04 kW.
        Assert.Equal(172.4m, await PollAsync(playing.PortOf("compressor-a-power"), 11, 0x016A, "4:int", "-B") * 0.04m);
        Assert.Equal(402m, await PollAsync(playing.PortOf("compressor-d-power"), 14, 0x016A, "4:int", "-B") * 0.04m);
        // 87 psi are 0.5998 MPa.
        Assert.Equal(60, await PollAsync(playing.PortOf("header"), 1, 15, "4"));
    }

    private static async Task<decimal> PollAsync(int port, int unit, int address, string type, params string[] more)
    {
        var (_, output) = await ExternalProgram.RunAsync(
            "mbpoll",
            ["-m", "tcp", "-p", $"{port}", "-a", $"{unit}", "-0", "-t", type, "-r", $"{address}", "-c", "1", "-1", .. more, "127.0.0.1"]);
        var match = Value().Match(output);
        Assert.True(match.Success, output);
        return decimal.Parse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\[\d+\]:\s+(-?[\d.e+-]+)", RegexOptions.Multiline)]
    private static partial Regex Value();

    /// <summary>A replay whose clock is moved by the test, behind real servers on free ports.</summary>
    private sealed class Playing : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly ReplayServers _servers;
        private readonly ReplayPlayer _player;
        private readonly Task _playing;
        private readonly ModbusClient? _client;

        private Playing(ReplayPlan plan, Lock gate, ReplayServers servers)
        {
            (Plan, _servers) = (plan, servers);
            _player = new(plan, gate, ReplayBench.Unheard(), Time);
            if (servers.Endpoints.TryGetValue("power", out var endpoint)) _client = new("127.0.0.1", endpoint.Port, new());
            _playing = _player.PlayAsync(ReplayBench.Silence, _end.Token);
        }

        public ReplayPlan Plan { get; }

        public FakeTimeProvider Time { get; } = new(new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));

        public static async Task<Playing> StartAsync(ReplayPlan plan)
        {
            var gate = new Lock();
            return new(plan, gate, await ReplayServers.StartAsync(plan, gate, firstPort: 0));
        }

        public int PortOf(string device) => _servers.Endpoints[device].Port;

        public Task UntilGivenAsync(int rows) => Eventually.IsTrueAsync(() => _player.Given == rows, $"{rows} rows are given");

        public Task<ushort[]> ReadAsync(ushort address, int count) =>
            (_client ?? throw new InvalidOperationException("no meter"))
                .ReadAsync(RegisterTable.Holding, 1, address, count, CancellationToken.None);

        public async Task<decimal> PowerAsync()
        {
            var registers = await ReadAsync(0x016A, 2);
            return (decimal)((registers[0] << 16) | registers[1]) * 0.04m;
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            try
            {
                await _playing;
            }
            catch (OperationCanceledException)
            {
                // The test was done before the file.
            }
            if (_client is not null) await _client.DisposeAsync();
            await _servers.DisposeAsync();
            _end.Dispose();
        }
    }
}
