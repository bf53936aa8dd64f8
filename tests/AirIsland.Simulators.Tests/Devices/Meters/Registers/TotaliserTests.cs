using AirIsland.Simulators.Devices.Meters;
using CsCheck;

namespace AirIsland.Simulators.Tests.Devices.Meters.Registers;

public sealed class TotaliserTests
{
    [Fact]
    public void A_totaliser_does_not_drift()
    {
        var total = new Totaliser(0.1m, 1_000_000_000m, 999_000m);

        for (var i = 0; i < 1_000_000; i++) total.Add(0.1);

        Assert.Equal(1_099_000.0m, total.Register);
    }

    [Fact]
    public void A_totaliser_shows_completed_counts_and_starts_again_at_its_width()
    {
        var total = new Totaliser(10, 1000, 985);
        Assert.Equal(980, total.Register);

        total.Add(4.9);
        Assert.Equal(980, total.Register);
        total.Add(0.1);
        Assert.Equal(990, total.Register);
        total.Add(10);
        Assert.Equal(0, total.Register);
    }

    [Fact]
    public void A_used_totaliser_begins_half_a_count_on() =>
        Gen.Int.Sample(seed =>
        {
            var total = Totaliser.Used(1, 4294967296, new Random(seed));
            var before = total.Register;
            total.Add(0.49);
            var still = total.Register;
            total.Add(0.02);
            return still == before && total.Register == before + 1;
        });
}
