using AirIsland.Domain.Stations;

namespace AirIsland.Domain.Tests.Stations;

public sealed class ActorTests
{
    private static readonly StationId Moushan = new("moushan");
    private static readonly Company Lifode = new(new("lifode"), Moushan, "利佛德", "Lifode");
    private static readonly Company Songyuan = new(new("songyuan"), Moushan, "松原", "Songyuan");

    [Fact]
    public void An_enterprise_sees_itself_and_nobody_else()
    {
        var actor = new Actor("l", Role.Enterprise, [Moushan], [Lifode.Id]);

        Assert.True(actor.MaySee(Lifode));
        Assert.False(actor.MaySee(Songyuan));
    }

    [Fact]
    public void An_operator_sees_the_companies_of_its_stations_only()
    {
        Assert.True(new Actor("o", Role.Operator, [Moushan], []).MaySee(Songyuan));
        Assert.False(new Actor("o", Role.Operator, [new("elsewhere")], []).MaySee(Songyuan));
    }
}
