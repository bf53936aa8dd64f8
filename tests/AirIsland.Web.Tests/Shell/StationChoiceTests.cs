using AirIsland.Domain.Stations;
using AirIsland.Web.Shell;

namespace AirIsland.Web.Tests.Shell;

public sealed class StationChoiceTests
{
    private static readonly Station Other = new(new("other"), "另一站", "Other", "Asia/Shanghai");

    [Theory]
    [InlineData("http://site/", "other")]
    [InlineData("http://site/?station=moushan", "moushan")]
    [InlineData("http://site/?station=nowhere", null)]
    [InlineData("http://site/companies/songyuan/bill", "moushan")]
    public void An_address_names_its_station(string address, string? expected) =>
        Assert.Equal(expected, StationChoice.Of([Other, Stations.Moushan], new Uri(address))?.Id.Value);

    [Fact]
    public void Who_sees_no_station_gets_none() => Assert.Null(StationChoice.Of([], new Uri("http://site/")));
}
