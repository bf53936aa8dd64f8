using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Tests.Devices.Meters;

public sealed class MeterBankTests
{
    private const string Volume = "AccumulatedVolume";

    private readonly Rigs _one = new() { FlowM3PerMin = 30 };
    private readonly Rigs _other = new() { FlowM3PerMin = 60 };
    private readonly MeterBank _bank = new();

    public MeterBankTests()
    {
        _bank.Fit(_one.FlowMeter("a", gain: 0.01));
        _bank.Fit(_other.FlowMeter("b", gain: -0.01));
        _bank.Fit(_one.PowerMeter());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Swapped_meters_see_each_others_air_with_their_own_errors_until_either_is_cleared(string cleared)
    {
        _bank.Set("a", "swap", new MeterFault.Swapped("b"));
        Run(60);

        Assert.Equal(1000.5m + 60.6m, Total("a"));
        Assert.Equal(1000.5m + 29.7m, Total("b"));
        Assert.Equal(30, _bank["a"].PassedBy(Volume)(), 1e-9);
        Assert.Equal(60, _bank["b"].PassedBy(Volume)(), 1e-9);
        Assert.Equal(new MeterFault.Swapped("b"), Assert.Single(_bank["a"].Faults).Fault);
        Assert.Equal(new MeterFault.Swapped("a"), Assert.Single(_bank["b"].Faults).Fault);

        Assert.True(_bank.Clear(cleared, "swap"));
        Run(60);

        Assert.Empty(_bank["a"].Faults);
        Assert.Empty(_bank["b"].Faults);
        Assert.Equal(1000.5m + 60.6m + 30.3m, Total("a"));
        Assert.Equal(1000.5m + 29.7m + 59.4m, Total("b"));
    }

    [Fact]
    public void A_swap_set_again_under_its_name_is_one_swap()
    {
        _bank.Set("a", "swap", new MeterFault.Swapped("b"));
        _bank.Set("b", "swap", new MeterFault.Swapped("a"));
        Run(60);

        Assert.Equal(1000.5m + 60.6m, Total("a"));
        Assert.Single(_bank["a"].Faults);
    }

    [Fact]
    public void Meters_of_different_kinds_or_one_with_itself_are_not_swapped()
    {
        Assert.Throws<ArgumentException>(() => _bank.Set("a", "swap", new MeterFault.Swapped("power")));
        Assert.Throws<ArgumentException>(() => _bank.Set("a", "swap", new MeterFault.Swapped("a")));
        Assert.Throws<ArgumentException>(() => _bank.Set("a", "swap", new MeterFault.Swapped("nobody")));

        Assert.All(_bank.Meters, meter => Assert.Empty(meter.Faults));
    }

    [Fact]
    public void Other_faults_reach_their_meter_by_its_id()
    {
        _bank.Set("b", "quiet", new MeterFault.Silent());

        Assert.True(_bank["a"].Transmission.Answers);
        Assert.False(_bank["b"].Transmission.Answers);
        Assert.False(_bank.Clear("a", "quiet"));
        Assert.True(_bank.Clear("b", "quiet"));
        Assert.Throws<ArgumentException>(() => _bank["c"]);
    }

    private decimal Total(string id) => _bank[id].Registers[Volume].Total;

    private void Run(int seconds)
    {
        for (var i = 0; i < seconds; i++) _bank.Advance(Rigs.Second);
    }
}
