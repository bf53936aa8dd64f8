using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>A search on a line whose meters destroy each other's answers, as on two wires.</summary>
public class DltSearchTests
{
    [Fact]
    public async Task Colliding_meters_are_told_apart_by_their_lowest_digits()
    {
        var (found, asked) = await SearchAsync("000000000003", "000102030425", "910004920760");

        Assert.Equal(["000000000003", "000102030425", "910004920760"], found);
        Assert.Equal(101, asked);
    }

    [Fact]
    public async Task Meters_that_share_digits_are_asked_by_more_of_them()
    {
        var (found, asked) = await SearchAsync("000000000003", "000102030425", "910004990425");

        Assert.Equal(["000000000003", "000102030425", "910004990425"], found);
        Assert.Equal(301, asked);
    }

    [Fact]
    public async Task A_meter_alone_is_found_at_once()
    {
        var (found, asked) = await SearchAsync("000102030425");

        Assert.Equal(["000102030425"], found);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_line_that_is_never_clear_ends_the_search_by_itself()
    {
        // Two meters with one address: no question can part them.
        var (found, asked) = await SearchAsync("000102030425", "000102030425");

        Assert.Empty(found);
        Assert.Equal(601, asked);
    }

    [Fact]
    public async Task A_meter_that_answers_with_the_wildcard_is_asked_until_it_is_exact()
    {
        var meter = MeterAddress.Parse("000014359743");
        var asked = 0;

        var found = await DltSearch.RunAsync(
            (mask, _) =>
            {
                asked++;
                return Task.FromResult(new DltHeard(mask.Covers(meter) ? [mask] : [], WasDamaged: false));
            },
            default);

        Assert.Equal([meter], found);
        Assert.Equal(601, asked);
    }

    [Fact]
    public async Task On_a_real_line_damaged_answers_split_the_mask()
    {
        using var cancel = new CancellationTokenSource();
        await using var line = new RawMeter(async line =>
        {
            Assert.Equal(Ask("AA AA AA AA AA AA"), await line.ReceiveAsync());
            await line.SendAsync("FE FE 68 03 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B 16");
            Assert.Equal(Ask("00 AA AA AA AA AA"), await line.ReceiveAsync());
            Assert.Equal(Ask("01 AA AA AA AA AA"), await line.ReceiveAsync());
            await cancel.CancelAsync();
        });
        await using var client = new DltClient(
            DltLines.Over(new TcpEndpoint("127.0.0.1", line.Port)),
            new DltClientOptions { SearchWait = TimeSpan.FromMilliseconds(500), Silence = TimeSpan.FromMilliseconds(10), Preamble = 0 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SearchAsync(DltEdition.Edition2007, cancel.Token));

        Assert.Equal(20, client.DroppedBytes);
    }

    private static string Ask(string address) => BitConverter.ToString(RawLine.Frame(address, "11", "00 00 01 00")).Replace('-', ' ');

    private static async Task<(string[] Found, int Asked)> SearchAsync(params string[] addresses)
    {
        var meters = addresses.Select(MeterAddress.Parse).ToArray();
        var asked = 0;
        var found = await DltSearch.RunAsync(
            (mask, _) =>
            {
                asked++;
                var answering = meters.Where(mask.Covers).ToArray();
                return Task.FromResult(answering.Length > 1 ? new DltHeard([], true) : new DltHeard(answering, false));
            },
            default);
        return ([.. found.Select(meter => meter.ToString())], asked);
    }
}
