using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Registers;
using CsCheck;

namespace AirIsland.Simulators.Tests.Devices.Meters.Registers;

public sealed class TotaliserKindTests
{
    private const decimal Half = 0.5m;

    [Fact]
    public void The_register_is_the_floor_of_the_exact_decimal_sum_of_what_was_taken() =>
        Gen.Select(Gen.OneOf(0.001m, 0.01m, 0.1m, 1m, 10m, 40m), Gen.Double[0, 2e6], Gen.Double[0, 20000].Array[1, 300]).Sample(
            (resolution, initial, amounts) =>
            {
                var total = new Totaliser(resolution, 4_294_967_296m * resolution, (decimal)initial);
                var exact = total.Total;
                foreach (var amount in amounts)
                {
                    total.Add(amount);
                    exact += total.Taken(amount);
                    Assert.Equal(decimal.Floor(exact / resolution) * resolution % (4_294_967_296m * resolution), total.Register);
                }
                Assert.InRange(total.Total - exact, -resolution * 1e-12m, resolution * 1e-12m);
            },
            iter: 2000);

    [Fact]
    public void What_is_taken_is_the_amount_to_one_part_in_ten_to_the_twelfth() =>
        Gen.Select(Gen.OneOf(0.001m, 0.1m, 1m, 100m), Gen.Double[1e-3, 1e6]).Sample((resolution, amount) =>
        {
            var taken = new Totaliser(resolution, 1000 * resolution, 0).Taken(amount);
            return Math.Abs((double)taken - amount) <= 1e-12 * amount + 1e-15 * (double)resolution;
        });

    [Fact]
    public void Amounts_of_whole_microcounts_sum_as_decimals_do() =>
        Gen.Int[0, 1_000_000].Array[1, 1000].Sample(
            micro =>
            {
                var total = new Totaliser(1, 4_294_967_296m, Half);
                foreach (var amount in micro) total.Add(amount / 1e6);
                return total.Total == Half + micro.Sum(m => (decimal)m) / 1_000_000;
            },
            iter: 500);

    [Theory]
    [InlineData(RegisterKind.UInt16, "65536")]
    [InlineData(RegisterKind.UInt32, "4294967296")]
    [InlineData(RegisterKind.Bcd, "1000000")]
    public void Every_width_starts_again_from_zero_and_backwards_from_its_end(RegisterKind kind, string end)
    {
        var counts = decimal.Parse(end, System.Globalization.CultureInfo.InvariantCulture);
        Gen.Select(Gen.OneOf(0.01m, 0.1m, 1m, 40m), Gen.Int[1, 50]).Sample((resolution, on) =>
        {
            var spec = new RegisterSpec { Kind = kind, Digits = 6, Resolution = resolution };
            var total = new Totaliser(spec, (counts - 1 + Half) * resolution);
            Assert.Equal((counts - 1) * resolution, total.Register);

            total.Add((double)(on * resolution));
            Assert.Equal((on - 1) * resolution, total.Register);

            total.TakeBack((double)((on + 1) * resolution));
            Assert.Equal((counts - 2) * resolution, total.Register);
            total.TakeBack((double)((counts - 1) * resolution));
            Assert.Equal((counts - 1) * resolution, total.Register);
        });
    }

    [Fact]
    public void A_register_below_zero_stays_on_counts_whatever_the_steps() =>
        Gen.Select(Gen.Double[0, 3].Array[1, 100], Gen.Double[0, 3].Array[1, 100]).Sample((forth, back) =>
        {
            var total = new Totaliser(new RegisterSpec { Kind = RegisterKind.UInt16 }, Half);
            var exact = Half;
            foreach (var amount in forth) Move(amount, 1);
            foreach (var amount in back) Move(amount, -1);

            void Move(double amount, int sign)
            {
                if (sign > 0) total.Add(amount);
                else total.TakeBack(amount);
                exact += sign * total.Taken(amount);
                var floor = decimal.Floor(exact);
                Assert.Equal(floor < 0 ? floor + 65536 : floor, total.Register);
            }
        });

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(700)]
    public void A_float32_register_stands_still_exactly_at_two_to_the_24th(double step)
    {
        var total = new Totaliser(new RegisterSpec { Kind = RegisterKind.Float32 }, 16_777_000 + Half);
        var sum = 16_777_000 + Half;

        for (var i = 0; i < 3000; i++)
        {
            total.Add(step);
            sum += total.Taken(step);
            Assert.Equal(Math.Min(decimal.Floor(sum), 16_777_216), total.Register);
        }

        Assert.Equal(16_777_216, total.Register);
    }

    [Fact]
    public void A_float32_register_of_coarser_counts_stands_at_as_many_counts() =>
        Assert.Equal(268_435_456, At(new() { Kind = RegisterKind.Float32, Resolution = 16 }, 268_435_448, by: 1e8));

    [Fact]
    public void A_register_that_is_only_sent_as_float32_goes_on_in_steps_of_two()
    {
        var total = new Totaliser(new RegisterSpec { Kind = RegisterKind.Float32Sent }, 16_777_216);
        var seen = new List<decimal>();

        for (var i = 0; i < 6; i++)
        {
            total.Add(1);
            seen.Add(total.Register);
        }

        Assert.Equal([16_777_216, 16_777_218, 16_777_220, 16_777_220, 16_777_220, 16_777_222], seen);
        Assert.Equal(16_777_222, total.Total);
    }

    [Fact]
    public void A_float64_register_counts_on_where_a_float32_stands() =>
        Assert.Equal(16_777_217.1m, At(new() { Kind = RegisterKind.Float64, Resolution = 0.1m }, 16_777_216.05m, by: 1.1));

    [Fact]
    public void A_float_register_can_start_again_where_its_maker_says()
    {
        var spec = new RegisterSpec { Kind = RegisterKind.Float32, Rollover = 10_000_000 };

        Assert.Equal(3, At(spec, 9_999_998 + Half, by: 5));
    }

    [Theory]
    [InlineData(RegisterKind.UInt32)]
    [InlineData(RegisterKind.Bcd)]
    [InlineData(RegisterKind.Float32)]
    [InlineData(RegisterKind.Float32Sent)]
    [InlineData(RegisterKind.Float64)]
    public void What_a_register_keeps_through_a_loss_of_power_brings_it_back(RegisterKind kind) =>
        Gen.Select(Gen.OneOf(0.1m, 1m, 40m), Gen.Double[0, 1e6], Gen.Double[0, 100].Array[1, 50]).Sample((resolution, initial, amounts) =>
        {
            var spec = new RegisterSpec { Kind = kind, Resolution = resolution };
            var total = new Totaliser(spec, (decimal)initial);
            foreach (var amount in amounts) total.Add(amount);

            var next = new Totaliser(spec, 0) { Total = total.Total };

            return next.Total == total.Total && next.Register == total.Register;
        });

    private static decimal At(RegisterSpec spec, decimal initial, double by)
    {
        var total = new Totaliser(spec, initial);
        total.Add(by);
        return total.Register;
    }
}
