using AirIsland.Simulators.Devices.Meters.Errors;
using CsCheck;

namespace AirIsland.Simulators.Tests.Devices.Meters.Errors;

public sealed class MeasuringChainTests
{
    private const double Year = 365 * 86400;

    [Fact]
    public void What_is_seen_does_not_depend_on_the_length_of_the_steps() =>
        Gen.Select(Gen.Int, Gen.Double[0, 10], Gen.Double[0, 120].Array[2, 200]).Sample((seed, response, truths) =>
        {
            var spec = new MeterSpec { Class = "1.5+0.3FS", High = 100, CutOff = 2, ResponseSeconds = response, DriftPerYear = 0.02 };
            var errors = MeterErrors.Draw(spec, new Random(seed));
            var (fine, coarse) = (new MeasuringChain(spec, errors, 1), new MeasuringChain(spec, errors, 1));
            var (fineSum, coarseSum) = (0.0, 0.0);
            foreach (var truth in truths)
            {
                coarseSum += coarse.Advance(truth, 1);
                fineSum += fine.Advance(truth, 0.5) * 0.5;
                fineSum += fine.Advance(truth, 0.5) * 0.5;
            }
            Assert.Equal(coarseSum, fineSum, 1e-9 * (1 + coarseSum));
            Assert.Equal(coarse.Level, fine.Level, 1e-9 * 100);
        });

    [Fact]
    public void Damping_shows_63_percent_of_a_step_after_its_time_constant_and_loses_nothing()
    {
        var chain = new MeasuringChain(new() { High = 100, ResponseSeconds = 5 }, MeterErrors.None, 1);
        chain.Advance(0, 1);
        var seen = 0.0;

        for (var i = 0; i < 5; i++) seen += chain.Advance(50, 1);
        Assert.Equal(50 * (1 - Math.Exp(-1)), chain.Level, 12);
        for (var i = 0; i < 300; i++) seen += chain.Advance(0, 1);

        Assert.Equal(250, seen, 9);
    }

    [Fact]
    public void Damping_that_is_over_long_before_the_step_is_loses_nothing_either()
    {
        // e^(−1/0.001) is 0 in a double.
        var chain = new MeasuringChain(new() { High = 100, ResponseSeconds = 0.001 }, MeterErrors.None, 1);
        chain.Advance(0, 1);

        Assert.Equal(50, chain.Advance(50, 1) + chain.Advance(0, 1), 9);
    }

    [Fact]
    public void Drift_moves_the_gain_by_its_share_in_a_year()
    {
        var chain = new MeasuringChain(new() { High = 100 }, new(Gain: 0.01, DriftPerYear: -0.02), 1);
        for (var i = 0; i < 365; i++) chain.Advance(50, Year / 365);

        Assert.Equal(-0.01, chain.TrueGain, 12);
        Assert.Equal(50 * 0.99, chain.Advance(50, 1), 6);
    }

    [Fact]
    public void Drift_is_averaged_over_a_long_step() =>
        Assert.Equal(50 * 1.01, new MeasuringChain(new() { High = 100 }, new(0, DriftPerYear: 0.02), 1).Advance(50, Year), 9);

    [Fact]
    public void Below_the_cut_off_nothing_is_seen_or_shown()
    {
        var chain = new MeasuringChain(new() { High = 100, CutOff = 2, Noise = 0.1 }, MeterErrors.None, 1);

        Assert.Equal(0, chain.Advance(1.99, 1));
        Assert.All(Enumerable.Range(0, 100), tick => Assert.Equal(0, chain.Reading(tick)));
        Assert.Equal(2.01, chain.Advance(2.01, 1));
    }

    [Fact]
    public void A_reading_ends_with_the_range()
    {
        var chain = new MeasuringChain(new() { Low = -10, High = 100, OverRange = 0.1, Noise = 3 }, MeterErrors.None, 1);

        Assert.Equal(111, chain.Advance(500, 1), 9);
        Assert.All(Enumerable.Range(0, 100), tick => Assert.InRange(chain.Reading(tick), 80, 111.000001m));
        Assert.Equal(-10, chain.Advance(-500, 1));
        Assert.All(Enumerable.Range(0, 100), tick => Assert.InRange(chain.Reading(tick), -10, 20));
    }

    [Fact]
    public void Noise_has_its_deviation_and_one_instant_reads_the_same()
    {
        var chain = new MeasuringChain(new() { High = 100, Noise = 0.3, NoiseShare = 0.01 }, MeterErrors.None, 7);
        chain.Advance(50, 1);

        var off = Enumerable.Range(0, 20000).Select(tick => (double)chain.Reading(tick * 5_000_000L) - 50).ToList();

        Assert.InRange(off.Average(), -0.03, 0.03);
        Assert.Equal(0.8, Math.Sqrt(off.Average(x => x * x)), 0.02);
        Assert.Equal(chain.Reading(123), chain.Reading(123));
        Assert.NotEqual(chain.Reading(123), chain.Reading(124));
        Assert.Equal(50, chain.Level);
    }

    [Fact]
    public void Neighbouring_instants_are_not_alike()
    {
        var noise = Enumerable.Range(0, 20000).Select(second => InstantNoise.At(7, second * 10_000_000L)).ToList();

        Assert.InRange(noise.Zip(noise.Skip(1), (a, b) => a * b).Average(), -0.03, 0.03);
    }

    [Fact]
    public void A_reading_is_a_whole_multiple_of_its_last_digit() =>
        Gen.Select(Gen.OneOf(0.001m, 0.05m, 0.1m, 1m), Gen.Double[0, 100]).Sample((digit, truth) =>
        {
            var chain = new MeasuringChain(new() { High = 100, Resolution = digit }, MeterErrors.None, 1);
            chain.Advance(truth, 1);
            var reading = chain.Reading(0);
            return reading % digit == 0 && Math.Abs(reading - (decimal)truth) <= digit / 2 + 1e-9m;
        });
}
