using AirIsland.Simulators.Physics.Consumers;

namespace AirIsland.Simulators.Tests.Physics.Consumers;

public sealed class KnownConsumersTests
{
    [Theory]
    [InlineData("lifode", 18_000_000, 1)]
    [InlineData("songyuan", 22_000_000, 2)]
    public void A_year_takes_the_published_volume_in_the_published_hours(string name, double yearlyM3, ulong seed)
    {
        var consumer = new Consumer(Spec(name), Companies.Year2025, seed);

        Assert.Equal(7200, consumer.ProductionHours);
        Assert.InRange(consumer.Scale, 0.9, 1.1);
        Assert.InRange(Companies.VolumeOf(consumer, 0, 365) / yearlyM3, 0.999, 1.001);
    }

    [Theory]
    [InlineData("lifode")]
    [InlineData("songyuan")]
    public void The_hours_are_the_same_in_2026(string name) =>
        Assert.Equal(7200, new Consumer(Spec(name), Companies.From(2026, 1, 1), 1).ProductionHours);

    [Theory]
    [InlineData("lifode")]
    [InlineData("songyuan")]
    public void A_standstill_takes_a_hundredth_of_a_working_hour(string name)
    {
        var consumer = new Consumer(Spec(name), Companies.Year2025, 1);
        var sunday = Companies.FlowAt(consumer, Companies.Year2025, new(2025, 3, 9), 10);
        var monday = Enumerable.Range(0, 3600)
            .Average(s => Companies.FlowAt(consumer, Companies.Year2025, new(2025, 3, 10), 10 + s / 3600.0));

        Assert.InRange(monday, 35, 65);
        Assert.InRange(sunday / monday, 0.005, 0.02);
    }

    private static ConsumerSpec Spec(string name) => name == "lifode" ? KnownConsumers.Lifode : KnownConsumers.Songyuan;
}
