using System.Net.Sockets;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>DL/T 645 meters of a fleet, asked over a real socket.</summary>
public sealed class MeterFleetTests
{
    private const string New = "230915000100", Old = "000019970601";

    private static readonly FleetOptions Two = new()
    {
        Devices =
        [
            new() { Id = "new", Profile = "dlt645-2007", Ratio = 40, Gateway = "g", Address = New },
            new() { Id = "old", Profile = "dlt645-1997", Gateway = "g", Address = Old },
        ],
    };

    [Fact]
    public async Task Meters_of_both_editions_answer_on_one_line_with_the_digits_of_their_secondary_side()
    {
        await using var fleet = await TestFleet.StartAsync(Two, Shown);
        await using var client = Client(fleet);

        Assert.Equal(3086.41m, await ReadAsync(client, New, "00010000"));
        Assert.Equal(2.5m, await ReadAsync(client, New, "02030000"));
        var voltages = await client.ReadAsync(MeterAddress.Parse(New), DltItems.Get("0201FF00"), default);
        Assert.Equal([231m, 232m, 233m], voltages.Values);
        Assert.Equal([null, 1m, 2m, 3m, 4m], (await TariffsAsync(client)).Select((v, i) => i == 0 ? null : v));
        Assert.Equal(123456.5m, await ReadAsync(client, Old, "9010"));
        Assert.Equal(231m, await ReadAsync(client, Old, "B611"));
        await Assert.ThrowsAsync<DltException>(() => ReadAsync(client, New, "02800007"));

        var meter = fleet.Bench.Describe("new");
        Assert.Equal((New, 5, 4, 1), (meter.Address, meter.Asked, meter.Answered, meter.Failed));
        // Energy, power, three voltages, four tariffs.
        Assert.Equal(9, meter.Served);
        Assert.Equal(2, fleet.Bench.ServedBy("old"));

        static async Task<IReadOnlyList<decimal?>> TariffsAsync(DltClient client) =>
            (await client.ReadAsync(MeterAddress.Parse(New), DltItems.Get("0001FF00"), default)).Values;
    }

    // A count behind the bytes is missed by who looks at once.
    [Fact]
    public async Task Who_holds_a_refusal_finds_it_counted_as_failed()
    {
        await using var fleet = await TestFleet.StartAsync(Two, Shown);
        await using var client = Client(fleet);

        for (var asked = 1; asked <= 100; asked++)
        {
            if (asked == 51) fleet["new"].Disturbances.Turn(new Disturbance(DisturbanceKind.Refusal));
            await Assert.ThrowsAsync<DltException>(() => ReadAsync(client, New, asked <= 50 ? "02800007" : "00010000"));
            Assert.Equal(asked, fleet.Bench.Describe("new").Failed);
        }
    }

    [Fact]
    public async Task An_answer_that_nobody_takes_is_no_answer()
    {
        await using var fleet = await TestFleet.StartAsync(Two, Shown);
        fleet["new"].Disturbances.Turn(new Disturbance(DisturbanceKind.Latency) { Delay = TimeSpan.FromMilliseconds(300) });
        using (var master = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await master.ConnectAsync("127.0.0.1", fleet.PortOf("new"));
            await master.SendAsync(new DltFrame(MeterAddress.Parse(New), 0x11, [0, 0, 1, 0]).Encode(preamble: 4));
            await Eventually.IsTrueAsync(() => fleet.Bench.Describe("new").Disturbed == 1, "the meter was asked");
            // Closes with a reset.
            master.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await Eventually.IsTrueAsync(() => fleet.Bench.Describe("new").Failed == 1, "the meter noticed");

        var meter = fleet.Bench.Describe("new");
        Assert.Equal((1, 0, 0), (meter.Asked, meter.Answered, meter.Served));
    }

    [Fact]
    public async Task A_register_starts_again_where_its_digits_end()
    {
        await using var fleet = await TestFleet.StartAsync(Two, (_, _) => 1_000_000.25m);
        await using var client = Client(fleet);

        Assert.Equal(0.25m, await ReadAsync(client, Old, "9010"));
        Assert.Equal(25_000.01m, await ReadAsync(client, New, "00010000"));
    }

    [Theory]
    [InlineData(DisturbanceKind.Silence, typeof(TimeoutException))]
    [InlineData(DisturbanceKind.HalfFrame, typeof(DltGarbledException))]
    [InlineData(DisturbanceKind.Damage, typeof(DltGarbledException))]
    [InlineData(DisturbanceKind.Refusal, typeof(DltException))]
    public async Task A_disturbed_answer_is_no_number_and_is_not_served(DisturbanceKind kind, Type failure)
    {
        await using var fleet = await TestFleet.StartAsync(Two, Shown);
        await using var client = Client(fleet, 2);
        fleet["new"].Disturbances.Turn(new Disturbance(kind));

        Assert.Equal(failure, (await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(client, New, "00010000"))).GetType());
        Assert.Equal(123456.5m, await ReadAsync(client, Old, "9010"));
        fleet["new"].Disturbances.TurnOff();
        Assert.Equal(3086.41m, await ReadAsync(client, New, "00010000"));

        var meter = fleet.Bench.Describe("new");
        Assert.Equal((2, 1, 1, 1), (meter.Asked, meter.Answered, meter.Served, meter.Disturbed));
    }

    [Theory]
    [InlineData(DisturbanceKind.WrongUnit, 1)]
    [InlineData(DisturbanceKind.Duplicate, 1)]
    [InlineData(DisturbanceKind.Trickle, 0)]
    [InlineData(DisturbanceKind.Latency, 0)]
    public async Task What_only_comes_with_an_answer_leaves_it_as_it_is(DisturbanceKind kind, int strays)
    {
        await using var fleet = await TestFleet.StartAsync(Two, Shown);
        await using var client = Client(fleet);
        fleet["new"].Disturbances.Turn(new Disturbance(kind) { Delay = TimeSpan.FromMilliseconds(2) });

        Assert.Equal(3086.41m, await ReadAsync(client, New, "00010000"));
        // What came behind the answer is found before the next request.
        await Task.Delay(50);
        Assert.Equal(123456.5m, await ReadAsync(client, Old, "9010"));

        Assert.Equal((strays, 0), (client.StrayFrames, client.DroppedBytes));
        Assert.Equal(1, fleet.Bench.Describe("new").Disturbed);
    }

    [Theory]
    [InlineData(DisturbanceKind.Reset)]
    [InlineData(DisturbanceKind.Malformed)]
    public async Task Disturbances_of_other_protocols_are_refused(DisturbanceKind kind)
    {
        await using var fleet = await TestFleet.StartAsync(Two, Shown);

        Assert.Throws<ArgumentException>(() => fleet["new"].Disturbances.Turn(new Disturbance(kind)));
    }

    [Fact]
    public async Task A_silent_meter_says_nothing_and_its_neighbour_goes_on()
    {
        var (_, made) = TestFleet.Sourced([.. Two.Devices]);
        await using var fleet = await TestFleet.ServeAsync(made);
        await using var client = Client(fleet, 2);
        lock (fleet.Fleet.Gate) fleet["new"].Meter?.Set("out", new MeterFault.Silent());

        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(client, New, "00010000"));
        Assert.Equal(0m, await ReadAsync(client, Old, "9010"));
        lock (fleet.Fleet.Gate) fleet["new"].Meter?.Clear("out");
        Assert.Equal(0m, await ReadAsync(client, New, "00010000"));
    }

    [Fact]
    public async Task A_search_finds_the_meters_of_the_fleet()
    {
        await using var fleet = await TestFleet.StartAsync(Two, Shown);
        await using var client = Client(fleet);

        Assert.Equal([MeterAddress.Parse(New)], await client.SearchAsync(DltEdition.Edition2007, default));
        Assert.Equal([MeterAddress.Parse(Old)], await client.SearchAsync(DltEdition.Edition1997, default));
    }

    private static decimal Shown(string id, string point) => point.Split('/')[^1] switch
    {
        "Energy" => 123456.5m,
        "Power" => id == "new" ? 100 : 2.5m,
        "VoltageA" => 231,
        "VoltageB" => 232,
        "VoltageC" => 233,
        "EnergyTariff1" => 40,
        "EnergyTariff2" => 80,
        "EnergyTariff3" => 120,
        "EnergyTariff4" => 160,
        _ => 1,
    };

    private static DltClient Client(TestFleet fleet, double timeoutSeconds = 20) => new(
        DltLines.Over(new TcpEndpoint("127.0.0.1", fleet.PortOf("new"))),
        new() { Timeout = TimeSpan.FromSeconds(timeoutSeconds), SearchWait = TimeSpan.FromSeconds(0.5) });

    private static async Task<decimal?> ReadAsync(DltClient client, string meter, string identifier)
    {
        var item = DltItems.Find(DltIdentifier.Parse(identifier)) ?? Unknown(identifier);
        return (await client.ReadAsync(MeterAddress.Parse(meter), item, default)).Value;
    }

    private static DltItem Unknown(string identifier) =>
        new(DltIdentifier.Parse(identifier), identifier, new DltFormat(2, 1, "Cel"), [DltIdentifier.Parse(identifier)], "this test");
}
