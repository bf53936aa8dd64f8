using System.Diagnostics;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Tests.Devices.Fleet;

namespace AirIsland.Simulators.Tests.Devices.Disturbances;

/// <summary>What a disturbed Modbus device does, as bytes and to our own client, and what it counts.</summary>
public sealed class ModbusDisturbanceTests : IAsyncLifetime
{
    // The three voltages of unit 1: 1.0 V each.
    private const string Request = "0007 0000 0006 01 03 0061 0003";
    private const string Answer = "000700000009010306000A000A000A";

    private TestFleet? _fleet;

    private TestFleet Fleet => _fleet ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _fleet = await TestFleet.GatewayAsync();

    public async Task DisposeAsync() => await Fleet.DisposeAsync();

    [Fact]
    public async Task An_undisturbed_device_answers_and_counts_what_it_served()
    {
        Assert.Equal(Answer, await RawClient.AskAsync(Fleet.PortOf("meter"), Request));

        Check(served: 3, disturbed: 0);
    }

    [Fact]
    public async Task A_late_answer_is_late_and_right()
    {
        Turn(new(DisturbanceKind.Latency) { Delay = TimeSpan.FromMilliseconds(120), Jitter = TimeSpan.FromMilliseconds(40) });
        var asked = Stopwatch.GetTimestamp();

        Assert.Equal(Answer, await RawClient.AskAsync(Fleet.PortOf("meter"), Request));

        Assert.True(Stopwatch.GetElapsedTime(asked) > TimeSpan.FromMilliseconds(110));
        Check(served: 3, disturbed: 1);
    }

    [Fact]
    public async Task An_answer_too_late_for_its_client_is_not_served()
    {
        Turn(new(DisturbanceKind.Latency) { Delay = TimeSpan.FromSeconds(1.5) });

        await Assert.ThrowsAsync<TimeoutException>(() => TestFleet.VoltagesAsync(Fleet.Client("meter", timeoutSeconds: 0.1)));
        // The next answer on this port comes after the late one had its chance.
        Assert.Equal(Answer, await RawClient.AskAsync(Fleet.PortOf("meter"), Request));

        Check(served: 3, disturbed: 2);
    }

    [Theory]
    [InlineData(ModbusExceptionCode.ServerDeviceBusy, "00070000000301" + "8306")]
    [InlineData(ModbusExceptionCode.GatewayTargetFailed, "00070000000301" + "830B")]
    public async Task A_refusal_has_the_code_that_was_asked_for(ModbusExceptionCode code, string frame)
    {
        Turn(new(DisturbanceKind.Refusal) { Code = code });

        Assert.Equal(frame, await RawClient.AskAsync(Fleet.PortOf("meter"), Request));

        Check(served: 0, disturbed: 1);
    }

    [Theory]
    [InlineData(0x0063, 0x0063, true)]
    [InlineData(0x0061, 0x0061, true)]
    [InlineData(0x0064, 0xFFFF, false)]
    [InlineData(0x0000, 0x0060, false)]
    public async Task A_refusal_meets_reads_that_touch_its_registers(int first, int last, bool refused)
    {
        Turn(new(DisturbanceKind.Refusal) { FirstRegister = (ushort)first, LastRegister = (ushort)last });

        var read = TestFleet.VoltagesAsync(Fleet.Client("meter"));

        if (refused) await Assert.ThrowsAsync<ModbusException>(() => read);
        else Assert.Equal([10, 10, 10], await read);
        Check(served: refused ? 0 : 3, disturbed: refused ? 1 : 0);
    }

    [Fact]
    public async Task A_refusal_by_lot_comes_as_often_as_asked_and_with_the_same_seed_at_the_same_reads()
    {
        var pattern = await PatternAsync(seed: 3);

        Assert.InRange(pattern.Count(refused => refused), 200 * 0.3 - 30, 200 * 0.3 + 30);
        Assert.Equal(pattern, await PatternAsync(seed: 3));
        Assert.NotEqual(pattern, await PatternAsync(seed: 4));

        static async Task<List<bool>> PatternAsync(int seed)
        {
            await using var fleet = await TestFleet.GatewayAsync(seed);
            fleet["meter"].Disturbances.Turn(new Disturbance(DisturbanceKind.Refusal) { Probability = 0.3 });
            var client = fleet.Client("meter");
            var refused = new List<bool>();
            for (var i = 0; i < 200; i++)
            {
                var read = TestFleet.VoltagesAsync(client);
                refused.Add(await Record.ExceptionAsync(() => read) is ModbusException);
            }
            Assert.Equal(refused.Count(r => r), fleet["meter"].Disturbances.Disturbed);
            Assert.Equal(3 * refused.Count(r => !r), fleet.Bench.ServedBy("meter"));
            return refused;
        }
    }

    [Fact]
    public async Task Silence_is_switched_on_and_off_at_run_time_and_the_neighbour_goes_on()
    {
        var client = Fleet.Client("meter");
        await TestFleet.VoltagesAsync(client);

        Turn(new(DisturbanceKind.Silence));
        await Assert.ThrowsAsync<TimeoutException>(() => TestFleet.VoltagesAsync(Fleet.Client("meter", timeoutSeconds: 0.5)));
        Assert.Equal([100], await client.ReadAsync(Fieldbus.Profiles.RegisterTable.Holding, 2, 0, 1, default));
        TurnOff();
        await TestFleet.VoltagesAsync(client);

        Check(served: 6, disturbed: 1);
        Assert.Equal(1, Fleet.Bench.ServedBy("controller"));
    }

    [Theory]
    [InlineData(DisturbanceKind.WrongTransaction, "000600000009010306000A000A000A")]
    [InlineData(DisturbanceKind.WrongUnit, "000700000009020306000A000A000A")]
    public async Task A_stray_frame_comes_before_the_answer_and_our_client_drops_it(DisturbanceKind kind, string stray)
    {
        Turn(new(kind));
        using var raw = await RawClient.OpenAsync(Fleet.PortOf("meter"));
        await raw.SendAsync(Request);
        Assert.Equal(stray, await raw.ReceiveFrameAsync());
        Assert.Equal(Answer, await raw.ReceiveFrameAsync());

        var client = Fleet.Client("meter");
        Assert.Equal([10, 10, 10], await TestFleet.VoltagesAsync(client));

        Assert.Equal(1, client.StrayFrames);
        Check(served: 6, disturbed: 2);
    }

    [Fact]
    public async Task A_duplicate_comes_after_the_answer_and_meets_the_next_request()
    {
        Turn(new(DisturbanceKind.Duplicate) { Delay = TimeSpan.FromMilliseconds(20) });
        var client = Fleet.Client("meter");

        await TestFleet.VoltagesAsync(client);
        Assert.Equal([10, 10, 10], await TestFleet.VoltagesAsync(client));

        Assert.Equal(1, client.StrayFrames);
        Check(served: 6, disturbed: 2);
    }

    [Fact]
    public async Task Half_a_frame_is_half_of_the_answer_and_no_more()
    {
        Turn(new(DisturbanceKind.HalfFrame));
        using var raw = await RawClient.OpenAsync(Fleet.PortOf("meter"));
        await raw.SendAsync(Request);
        Assert.Equal(Answer[..14], await raw.ReceiveAsync(7));

        TurnOff();
        await raw.SendAsync(Request);

        // The rest never came: the next bytes are those of the next answer.
        Assert.Equal(Answer, await raw.ReceiveFrameAsync());
        Check(served: 3, disturbed: 1);
    }

    [Theory]
    [InlineData(DisturbanceKind.Refusal, "000700000003018304")]
    [InlineData(DisturbanceKind.HalfFrame, "00070000000901")]
    public async Task What_did_not_come_whole_the_first_time_does_not_come_a_second_time(DisturbanceKind kind, string frame)
    {
        Fleet["meter"].Disturbances.Turn(new(kind), new(DisturbanceKind.Duplicate));
        using var raw = await RawClient.OpenAsync(Fleet.PortOf("meter"));
        await raw.SendAsync(Request);
        Assert.Equal(frame, await raw.ReceiveAsync(frame.Length / 2));

        TurnOff();
        await raw.SendAsync(Request.Replace("0007", "0008", StringComparison.Ordinal));

        Assert.Equal(Answer.Replace("0007", "0008", StringComparison.Ordinal), await raw.ReceiveFrameAsync());
        Check(served: 3, disturbed: 1);
        Assert.Equal([kind], Fleet["meter"].Disturbances.Counts.Keys);
    }

    [Fact]
    public async Task A_reset_is_a_reset()
    {
        Turn(new(DisturbanceKind.Reset));
        using var raw = await RawClient.OpenAsync(Fleet.PortOf("meter"));

        await raw.SendAsync(Request);

        Assert.Equal(SocketError.ConnectionReset, await raw.EndAsync());
        Check(served: 0, disturbed: 1);
    }

    [Fact]
    public async Task A_trickle_is_the_answer_byte_by_byte()
    {
        Turn(new(DisturbanceKind.Trickle) { Delay = TimeSpan.FromMilliseconds(10) });
        var asked = Stopwatch.GetTimestamp();

        Assert.Equal(Answer, await RawClient.AskAsync(Fleet.PortOf("meter"), Request));

        Assert.True(Stopwatch.GetElapsedTime(asked) > TimeSpan.FromMilliseconds(14 * 10 - 20));
        Check(served: 3, disturbed: 1);
    }

    [Fact]
    public async Task A_client_too_many_is_closed_at_once_and_let_in_when_there_is_room()
    {
        Turn(new(DisturbanceKind.ClientLimit) { MostClients = 1 });
        using var first = await RawClient.OpenAsync(Fleet.PortOf("meter"));
        await first.SendAsync(Request);
        Assert.Equal(Answer, await first.ReceiveFrameAsync());

        using var second = await RawClient.OpenAsync(Fleet.PortOf("meter"));
        await second.EndAsync();
        Check(served: 3, disturbed: 1);
        TurnOff();

        Assert.Equal(Answer, await RawClient.AskAsync(Fleet.PortOf("meter"), Request));
    }

    [Theory]
    [InlineData(DisturbanceKind.Malformed, 1)]
    [InlineData(DisturbanceKind.OutOfOrder, 1)]
    [InlineData(DisturbanceKind.Silence, 1.5)]
    public void What_makes_no_sense_for_the_device_is_refused(DisturbanceKind kind, double probability)
    {
        Assert.Throws<ArgumentException>(() => Turn(new(kind) { Probability = probability }));

        Assert.Empty(Fleet["meter"].Disturbances.Active);
    }

    private void Turn(Disturbance disturbance) => Fleet["meter"].Disturbances.Turn(disturbance);

    private void TurnOff() => Fleet["meter"].Disturbances.TurnOff();

    private void Check(long served, long disturbed)
    {
        Assert.Equal(served, Fleet.Bench.ServedBy("meter"));
        Assert.Equal(disturbed, Fleet["meter"].Disturbances.Disturbed);
    }
}
