using AirIsland.Simulators.Devices.Meters.Errors;
using CsCheck;

namespace AirIsland.Simulators.Tests.Devices.Meters.Errors;

public sealed class AccuracyClassTests
{
    [Theory]
    [InlineData("1.5", 50, 0.75)]
    [InlineData("0.5FS", 50, 0.5)]
    [InlineData("1.5+0.3FS", 50, 1.05)]
    [InlineData("0.5S", 50, 0.25)]
    [InlineData("0.5S", 4, 0.04)]
    [InlineData("0.2S", 4, 0.016)]
    [InlineData("0.2S", 5, 0.01)]
    public void Limits_are_those_of_the_class(string text, double value, double limit) =>
        Assert.Equal(limit, AccuracyClass.Parse(text).Limit(value, 100), 12);

    [Theory]
    [InlineData("")]
    [InlineData("good")]
    [InlineData("-1")]
    [InlineData("NaN")]
    public void A_class_that_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => AccuracyClass.Parse(text));

    [Theory]
    [InlineData("1.5", 0)]
    [InlineData("0.5FS", 0)]
    [InlineData("0.25FS", -40)]
    [InlineData("1.5+0.3FS", 0)]
    [InlineData("0.2S", 0)]
    [InlineData("0.5S", 0)]
    public void A_drawn_meter_is_within_its_class_over_its_range_and_not_perfect(string text, double low)
    {
        var accuracy = AccuracyClass.Parse(text);
        Gen.Select(Gen.Int, Gen.Double[0.1, 5000], Gen.Double[0, 1].Array[20]).Sample(
            (seed, span, places) =>
            {
                var spec = new MeterSpec { Class = text, Low = low, High = low + span };
                var errors = MeterErrors.Draw(spec, new Random(seed));
                var chain = new MeasuringChain(spec, errors, 1);
                Assert.True(errors.Gain != 0);
                foreach (var place in places)
                {
                    var truth = low + span * place * place;
                    var off = chain.Advance(truth, 1) - truth;
                    Assert.True(Math.Abs(off) <= accuracy.Limit(truth, spec.FullScale) * (1 + 1e-9), $"{off} at {truth} of {span}");
                }
            },
            iter: 1000);
    }

    [Fact]
    public void Class_S_uses_its_wider_limit_at_low_load() =>
        Assert.Contains(
            Enumerable.Range(0, 100),
            seed =>
            {
                var spec = new MeterSpec { Class = "0.5S", High = 100 };
                var seen = new MeasuringChain(spec, MeterErrors.Draw(spec, new Random(seed)), 1).Advance(1, 1);
                return Math.Abs(seen - 1) > 0.005;
            });
}
