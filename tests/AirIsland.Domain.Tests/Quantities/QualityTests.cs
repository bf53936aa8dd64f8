using AirIsland.Quantities;

namespace AirIsland.Domain.Tests.Quantities;

public sealed class QualityTests
{
    [Fact]
    public void Every_quality_survives_its_code()
    {
        var all =
            from level in Enum.GetValues<QualityLevel>()
            from reason in Enum.GetValues<QualityReason>()
            select new Quality(level, reason);

        Assert.All(all, q => Assert.Equal(q, Quality.FromCode(q.Code)));
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(255u)]
    [InlineData(256u)]
    public void A_code_that_names_nothing_is_refused(uint code) => Assert.Throws<FormatException>(() => Quality.FromCode(code));

    [Fact]
    public void A_reason_of_a_newer_edge_is_kept_as_its_number() =>
        Assert.Equal((QualityLevel.Uncertain, "Uncertain/40"), (Quality.FromCode(161).Level, Quality.FromCode(161).ToString()));

    [Fact]
    public void The_worse_of_two_keeps_its_reason() => Assert.Equal(
        Quality.Bad(QualityReason.Communication), Quality.Uncertain(QualityReason.Clock).Worse(Quality.Bad(QualityReason.Communication)));
}
