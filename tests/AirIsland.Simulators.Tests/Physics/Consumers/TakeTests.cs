using AirIsland.Simulators.Physics.Consumers;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Consumers;

public sealed class TakeTests
{
    private const double Working = 5 * Companies.Day + 36_000;

    [Fact]
    public void A_regulated_machine_takes_the_same_at_every_pressure_that_suffices()
    {
        var consumer = At(Companies.Plain with { Machines = [new() { FlowM3PerMin = 6 }] });
        Assert.Equal(0.1 * Consumer.KgPerM3, consumer.Take(600_000).KgPerS, 12);
        Assert.Equal(0, consumer.Take(600_000).SlopeKgPerSPa);
        Assert.Equal(consumer.Take(900_000), consumer.Take(600_000));
    }

    [Fact]
    public void An_unregulated_machine_follows_the_absolute_pressure()
    {
        var consumer = At(Companies.Plain with { Machines = [new() { FlowM3PerMin = 6, Regulated = false }] });
        Assert.Equal(0.1 * Consumer.KgPerM3, consumer.Take(consumer.Spec.ReferencePa).KgPerS, 12);
        Assert.Equal(1.2 * consumer.Take(600_000).KgPerS, consumer.Take(720_000).KgPerS, 12);
    }

    [Fact]
    public void A_starving_company_takes_less_and_at_one_atmosphere_nothing()
    {
        var consumer = At(Companies.Plain);
        var starving = consumer.Spec.StarvingPa;
        var half = (starving + 101_325) / 2;

        Assert.Equal(consumer.Take(starving).KgPerS / 2, consumer.Take(half).KgPerS, 12);
        Assert.Equal(0, consumer.Take(101_325).KgPerS);
        Assert.Equal(default, consumer.Take(50_000));
    }

    [Fact]
    public void The_slope_is_the_derivative() =>
        Gen.Select(Gen.Double[0, 30 * Companies.Day], Gen.Double[102_000, 1_000_000]).Sample((instant, pa) =>
        {
            var consumer = Companies.Of(Companies.Rich);
            consumer.At(instant);
            if (Math.Abs(pa - consumer.Spec.StarvingPa) < 20) return;
            var slope = (consumer.Take(pa + 10).KgPerS - consumer.Take(pa - 10).KgPerS) / 20;
            Assert.Equal(slope, consumer.Take(pa).SlopeKgPerSPa, 1e-12);
            Assert.True(slope >= 0);
        }, iter: 200);

    [Fact]
    public void The_take_has_no_jump() =>
        Gen.Double[90_000, 1_000_000].Sample(pa =>
        {
            var consumer = At(Companies.Plain);
            Assert.InRange(consumer.Take(pa + 1).KgPerS - consumer.Take(pa).KgPerS, 0, 1e-6);
        });

    private static Consumer At(ConsumerSpec spec)
    {
        var consumer = Companies.Of(spec);
        consumer.At(Working);
        return consumer;
    }
}
