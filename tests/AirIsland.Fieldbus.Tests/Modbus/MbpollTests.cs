using System.Net;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;
using AirIsland.Fieldbus.Tests.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>mbpoll (libmodbus) reads our server: a master nobody here wrote finds the values at the addresses of the maps.</summary>
public class MbpollTests : IAsyncLifetime
{
    private readonly RegisterBank _bank = new(1, 2, 3);
    private ModbusServer _server = null!;

    public Task InitializeAsync()
    {
        _server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), _bank);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_reads_the_compressors_pressure_and_temperature()
    {
        _bank.Set(1, ShippedProfiles.Point("mam6080", "outlet/GaugePressure"), 0.72m);
        _bank.Set(1, ShippedProfiles.Point("mam6080", "outlet/Temperature"), 81.5m);
        _bank.Set(1, ShippedProfiles.Point("mam6080", "RunningTime"), 12_345m);

        Assert.Equal([72, 815, 12_345], await ReadAsync("-a 1 -r 0 -c 3 -t 4"));
    }

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_reads_the_power_meters_energy_and_power_high_word_first()
    {
        _bank.Set(2, ShippedProfiles.Point("acrel-dtsd1352", "electrical/Energy"), 1_234_567.89m);
        _bank.Set(2, ShippedProfiles.Point("acrel-dtsd1352", "electrical/Power"), -12.345m);

        Assert.Equal([123_456_789], await ReadAsync("-a 2 -r 10 -c 1 -t 4:int -B"));
        Assert.Equal([-12_345], await ReadAsync("-a 2 -r 362 -c 1 -t 4:int -B"));
    }

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_reads_the_flow_meters_floats_and_total_low_word_first()
    {
        var meter = ShippedProfiles.Load("suto-s401");
        foreach (var (name, value) in new[] { ("Temperature", 31.5m), ("GaugePressure", 0.7125m), ("Velocity", 12.25m) })
            _bank.Set(3, meter.Points.Single(p => p.Name == name), value);
        _bank.Set(3, ShippedProfiles.Point("suto-s401", "VolumeFlowRate"), 1.4125m);
        _bank.Set(3, ShippedProfiles.Point("suto-s401", "AccumulatedVolume"), 1_234_567_890m);

        Assert.Equal([31.5, 7.125, 12.25, 84.75], await ReadAsync("-a 3 -r 0 -c 4 -t 4:float"));
        Assert.Equal([1_234_567_890], await ReadAsync("-a 3 -r 8 -c 1 -t 4:int"));
    }

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_reads_input_registers_up_to_the_last_address()
    {
        _bank.Set(RegisterTable.Input, 1, 65_534, 4_711, 65_535);

        Assert.Equal([4_711, 65_535], await ReadAsync("-a 1 -r 65534 -c 2 -t 3"));
    }

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_is_told_of_an_illegal_address_and_hears_nothing_of_a_missing_unit()
    {
        Assert.Contains("Illegal data address", await RunAsync("-a 1 -r 500 -c 1 -t 4"), StringComparison.Ordinal);
        Assert.Contains("Connection timed out", await RunAsync("-a 9 -r 0 -c 1 -t 4 -o 0.2"), StringComparison.Ordinal);
    }

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_cannot_write()
    {
        _bank.Set(RegisterTable.Holding, 1, 0, 7);

        Assert.Contains("Illegal function", await RunAsync("-a 1 -r 0 -t 4", "99"), StringComparison.Ordinal);
        Assert.Equal([7], await ReadAsync("-a 1 -r 0 -c 1 -t 4"));
    }

    private Task<IEnumerable<double>> ReadAsync(string arguments) => Mbpoll.ReadAsync(Mbpoll.Tcp(_server.Endpoint.Port), arguments);

    private Task<string> RunAsync(string arguments, params string[] values) =>
        Mbpoll.RunAsync(Mbpoll.Tcp(_server.Endpoint.Port), arguments, values);
}
