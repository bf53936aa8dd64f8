using AirIsland.Edge.Metering;
using AirIsland.Quantities;
using CsCheck;

namespace AirIsland.Edge.Tests.Drivers.Dlt645;

/// <summary>Lines that damage, delay, echo and mix: a reading is the meter's number or Bad, never anything else.</summary>
public class BadLineTests
{
    private const string Energy = "00010000";
    private const long Right = 120642;
    private static readonly DeviceOptionsAt Meter = new(MeterSite.Asked);

    [Theory]
    [InlineData("FE FE FE FE FE FE FE FE FE FE FE FE FE FE FE FE", 0, 0)]
    [InlineData("FE FE", 0, 0)]
    [InlineData("68 00 16 AA 55", 5, 0)]
    [InlineData("68 25 04 03 02 01 00 68 11 04 33 33 34 33 E1 16", 0, 1)]
    [InlineData("68 26 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8C 16", 0, 1)]
    [InlineData("68 25 04 03 02 01 00 68 91 08 33 33 35 33 75 39 45 33 8C 16", 0, 1)]
    [InlineData("68 25 04 03 02 01 00 68 91 08 33 33 34 33 76 39 45 33 8B 16", 20, 0)]
    public async Task What_comes_before_the_answer_is_dropped_and_counted(string before, int droppedBytes, int strayFrames)
    {
        await using var line = new ScriptedLine((request, send) =>
            send([.. ScriptedLine.Bytes(before), .. ScriptedLine.Answer(request, Energy, 1206.42m)]));
        await using var site = new MeterSite();

        var scans = await site.ReadAsync(s => s.Count >= 1, Meter.On(line.Port, Energy));

        Assert.All(scans, s => Assert.Equal([new Reading(0, Right, Quality.Good)], s.Readings));
        var counts = site.Driver.Counts[0];
        Assert.Equal(
            (droppedBytes * counts.Requests, strayFrames * counts.Requests, 0), (counts.DroppedBytes, counts.StrayFrames, counts.Timeouts));
    }

    [Fact]
    public async Task An_answer_byte_by_byte_is_one_answer()
    {
        await using var line = new ScriptedLine(async (request, send) =>
        {
            foreach (var part in ScriptedLine.Answer(request, Energy, 1206.42m))
            {
                await send([part]);
                await Task.Delay(2);
            }
        });
        await using var site = new MeterSite();

        var scans = await site.ReadAsync(s => s.Count >= 2, Meter.On(line.Port, Energy));

        Assert.All(scans, s => Assert.Equal([new Reading(0, Right, Quality.Good)], s.Readings));
    }

    // home-assistant/core#101982: devices that close idle connections were logged as errors.
    [Fact]
    public async Task A_request_that_meets_a_closing_gateway_is_asked_again_over_a_new_line()
    {
        var asked = 0;
        await using var line = new ScriptedLine((request, send) =>
            ++asked % 3 == 0 ? throw new IOException("hangs up") : send(ScriptedLine.Answer(request, Energy, 1206.42m)));
        await using var site = new MeterSite();

        var scans = await site.ReadAsync(s => s.Count >= 8, Meter.On(line.Port, Energy));

        Assert.All(scans, s => Assert.Equal([new Reading(0, Right, Quality.Good)], s.Readings));
        Assert.True(line.Connections >= 4, $"{line.Connections} connections");
        Assert.Empty(site.Log.Warnings);
    }

    // As when an agent fails to start: nobody has read, or will.
    [Fact]
    public async Task A_driver_that_is_disposed_while_it_asks_ends_what_is_in_flight_and_asks_no_more()
    {
        var (asked, answered) = (0, 0);
        await using var line = new ScriptedLine(async (request, send) =>
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(500);
            await send(ScriptedLine.Answer(request, Energy, 1206.42m));
            Interlocked.Increment(ref answered);
        });
        var site = new MeterSite();
        await site.ApplyAsync([], Meter.On(line.Port, Energy));
        await Eventually.HoldsAsync(() => Volatile.Read(ref asked) > 0, "the meter was asked");

        await site.DisposeAsync();

        Assert.Equal((DeviceState.Working, 0), (site.Health.Devices.Single().State, site.Status.Failures));
        Assert.Equal(asked, answered);
    }

    [Fact]
    public async Task A_wrong_checksum_is_asked_for_once_more()
    {
        var answers = 0;
        await using var line = new ScriptedLine((request, send) =>
        {
            var answer = ScriptedLine.Answer(request, Energy, 1206.42m);
            if (++answers == 1) answer[^2] ^= 0x10;
            return send(answer);
        });
        await using var site = new MeterSite(MeterSite.Impatient);

        var scans = await site.ReadAsync(s => s.Count >= 1, Meter.On(line.Port, Energy));

        Assert.Equal([new Reading(0, Right, Quality.Good)], scans[0].Readings);
        Assert.Equal(20, site.Driver.Counts[0].DroppedBytes);
        Assert.Empty(site.Log.Warnings);
    }

    [Fact]
    public async Task Two_meters_that_answer_at_once_give_no_reading_and_leave_a_third_its_own()
    {
        await using var line = new ScriptedLine((request, send) =>
        {
            var answer = ScriptedLine.Answer(request, Energy, 1206.42m);
            // On a wire the bits of both are mixed.
            var second = ScriptedLine.Answer(request, Energy, 77.01m);
            var mixed = answer.Zip(second, (one, other) => (byte)(one & other)).ToArray();
            return send($"{request.Address}" == MeterSite.Asked ? mixed : answer);
        });
        await using var site = new MeterSite(MeterSite.Impatient);

        var scans = await site.ReadAsync(
            s => MeterSite.Readings(s, "third").Count >= 3 && MeterSite.Readings(s, "meter").Count >= 2,
            Meter.On(line.Port, Energy), new DeviceOptionsAt(MeterSite.Other, "third").On(line.Port, Energy));

        Assert.All(MeterSite.Readings(scans, "meter"), r => Assert.Equal(Reading.Bad(r.Tag, QualityReason.Communication), r));
        Assert.All(MeterSite.Readings(scans, "third"), r => Assert.Equal((Right, Quality.Good), (r.Count, r.Quality)));
        Assert.True(site.Driver.Counts[0].DroppedBytes > 0);
    }

    // telegraf#14317, NModbus#88: after one timeout every later reply was one behind.
    [Fact]
    public async Task After_a_late_answer_no_reading_is_one_behind()
    {
        var asked = 0;
        await using var line = new ScriptedLine(async (request, send) =>
        {
            var number = ++asked;
            // Each answer says which question it belongs to; some come when nobody waits for them any more.
            if (number % 4 == 1) await Task.Delay(900);
            await send(ScriptedLine.Answer(request, Energy, number));
        });
        await using var site = new MeterSite(MeterSite.Impatient with { ShortestRest = TimeSpan.FromMilliseconds(10) });
        EndpointOptions[] lines =
            [new() { Id = "slow", Address = $"127.0.0.1:{line.Port}", LateAnswer = TimeSpan.FromSeconds(3) }];

        var scans = await site.ReadAsync(
            lines, s => s.SelectMany(x => x.Readings).Count(r => r.Count is not null) >= 6,
            (MeterSite.Device("meter", MeterSite.Asked, "slow"), MeterSite.Map(MeterSite.Level("Energy", Energy))));

        var good = scans.SelectMany(s => s.Readings).Where(r => r.Count is not null).Select(r => r.Count / 100).ToList();
        Assert.DoesNotContain(good, number => number % 4 == 1);
        Assert.True(site.Driver.Counts[0].StrayFrames > 0, "what came too late was dropped and counted");
    }

    // telegraf#14671: an illegal address crashed the agent.
    [Fact]
    public void Whatever_a_line_says_a_reading_is_the_meters_number_or_bad()
    {
        var noise = Gen.Byte.Array[0, 60];
        Gen.Select(noise, Gen.Int[0, 19], Gen.Byte[1, 255], Gen.Int[0, 3]).Array[12].Sample(
            script => DisturbAsync(script).GetAwaiter().GetResult(), iter: 10, threads: 1);
    }

    private static async Task DisturbAsync((byte[] Noise, int At, byte Flip, int Kind)[] script)
    {
        var asked = 0;
        await using var line = new ScriptedLine(async (request, send) =>
        {
            var (noise, at, flip, kind) = script[asked++ % script.Length];
            var answer = ScriptedLine.Answer(request, Energy, 1206.42m);
            if (kind == 0) answer[at] ^= flip;
            if (kind == 1) answer = [.. answer.AsSpan(0, at), .. noise, .. answer.AsSpan(at)];
            if (kind == 2) answer = answer[..at];
            await send([.. noise, .. answer[..(answer.Length / 2)]]);
            await send(answer[(answer.Length / 2)..]);
        });
        await using var site = new MeterSite(MeterSite.Impatient with { Timeout = TimeSpan.FromMilliseconds(50) });

        var scans = await site.ReadAsync(s => s.Count >= 3, Meter.On(line.Port, Energy, TimeSpan.FromMilliseconds(10)));

        Assert.All(
            scans.SelectMany(s => s.Readings), r => Assert.True(r.Count is null or Right, $"{r.Count} is not what the meter said"));
    }

    private sealed record DeviceOptionsAt(string Address, string Id = "meter")
    {
        public (DeviceOptions Device, AirIsland.Fieldbus.Profiles.DeviceProfile Profile) On(
            int port, string identifier, TimeSpan? period = null) =>
            (MeterSite.Device(Id, Address, port),
                MeterSite.Map(period ?? TimeSpan.FromMilliseconds(100), MeterSite.Level("Energy", identifier)));
    }
}
