using System.Net;
using AirIsland.Edge.Configuration;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Edge.Tests.Configuration;

[Collection(nameof(ModbusDriverTests))]
public sealed class SiteReloadTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ModbusServer _server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(new ushort[64]));

    // thingsboard-gateway#2102, #1911: dead until restart after a change of the configuration.
    [Fact]
    public async Task A_changed_file_comes_into_force_and_what_is_wrong_in_it_does_not()
    {
        var args = Write("flow");
        using var edge = EdgeProcess.Start(args);
        await edge.IsRunningAsync();

        Write("flow", "second");
        await SaysAsync(edge, "Settings generation 2", "begin: second; end: none; differ: none; go on: 1");

        Write("flow", "Third!");
        await SaysAsync(edge, "were refused, the old ones stay in force", "'Third!' is not [a-z0-9-]{1,32}");

        Write("second");
        await SaysAsync(edge, "Settings generation 3", "begin: none; end: flow; differ: none; go on: 1");
        Assert.Equal(0, await edge.InterruptAsync());
    }

    // thingsboard-gateway#2124: the buffer was destroyed and made anew whenever the same configuration came again.
    [Fact]
    public async Task A_file_that_is_written_again_with_the_same_content_changes_nothing()
    {
        var args = Write("flow");
        using var edge = EdgeProcess.Start(args);
        await edge.IsRunningAsync();

        for (var i = 0; i < 3; i++)
        {
            Write("flow");
            await Task.Delay(1100);
        }
        Write("flow", "second");
        await SaysAsync(edge, "Settings generation 2");

        Assert.Equal(0, await edge.InterruptAsync());
        Assert.Single(edge.Output, l => l.Contains("Settings generation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_only_a_restart_brings_into_force_is_named()
    {
        var args = Write("flow");
        using var edge = EdgeProcess.Start(args);
        await edge.IsRunningAsync();

        await File.WriteAllTextAsync(args[1], (await File.ReadAllTextAsync(args[1])).Replace("edge-1", "edge-2", StringComparison.Ordinal));

        await SaysAsync(edge, "come into force with the next start: Edge:Id");
        Assert.Equal(0, await edge.InterruptAsync());
    }

    [Fact]
    public async Task There_is_a_way_back_to_what_was_in_force_before()
    {
        var args = Write("flow");
        using var edge = EdgeProcess.Start(args);
        await edge.IsRunningAsync();
        var before = await File.ReadAllTextAsync(args[1]);
        Write("flow", "second");
        await SaysAsync(edge, "Settings generation 2");
        await File.WriteAllTextAsync(args[1], "{ broken");
        await SaysAsync(edge, "were refused");

        using var list = EdgeProcess.Start("rollback", args[1], "--list", "--data", _folder.File("data"));
        Assert.Equal(0, await list.EndAsync());
        Assert.Equal(2, list.Output.Count);
        using var rollback = EdgeProcess.Start("rollback", args[1], "--to", "1", "--data", _folder.File("data"));
        Assert.Equal(0, await rollback.EndAsync());

        Assert.Equal(before, await File.ReadAllTextAsync(args[1]));
        await SaysAsync(edge, "Settings generation 3", "end: second");
        Assert.Equal(0, await edge.InterruptAsync());

        using var impossible = EdgeProcess.Start("rollback", args[1], "--to", "77", "--data", _folder.File("data"));
        Assert.Equal(1, await impossible.EndAsync());
        Assert.Contains("generation 77 is not kept", impossible.Errors);
    }

    [Fact]
    public void Old_generations_go_and_the_numbers_go_on()
    {
        var history = new SettingsHistory(_folder.Path);
        for (var i = 0; i < 25; i++) Assert.Equal(i + 1, history.Keep("site.yaml", [(byte)i]));

        Assert.Equal(25, history.Keep("site.yaml", [24]));

        Assert.Equal(Enumerable.Range(6, SettingsHistory.Kept), history.All().Select(g => g.Number));
        Assert.Equal(24, history.Find(null, [24])?.Number);
        Assert.Equal([7], File.ReadAllBytes(history.Find(8, [])!.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static Task SaysAsync(EdgeProcess edge, params string[] words) => Eventually.HoldsAsync(
        () => edge.Output.Concat(edge.Errors).Any(l => words.All(w => l.Contains(w, StringComparison.Ordinal))),
        string.Join(" … ", words),
        30);

    private string[] Write(params string[] devices) => SiteFile.Write(_folder, string.Join(", ", devices.Select(d =>
        $$"""{ "Id": "{{d}}", "Asset": "{{d}}", "Profile": "suto-s401", "Endpoint": "127.0.0.1:{{_server.Endpoint.Port}}" }""")));
}
