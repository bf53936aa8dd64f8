using AirIsland.Domain.Metering;

namespace AirIsland.Domain.Tests.Metering;

public sealed class TagIdTests
{
    [Theory]
    [InlineData("moushan/dryer-1/outlet/PressureDewPoint")]
    [InlineData("moushan/lifode/AccumulatedVolume")]
    public void A_tag_names_station_asset_and_quantity(string text) => Assert.Equal(text, TagId.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("moushan")]
    [InlineData("moushan/AccumulatedVolume")]
    [InlineData("Moushan/lifode/AccumulatedVolume")]
    [InlineData("moushan/lifode/a/b/AccumulatedVolume")]
    [InlineData("moushan/lifode/accumulatedVolume")]
    [InlineData("moushan/lifode/Volume\n")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => TagId.Parse(text));

    [Fact]
    public void Its_parts_can_be_asked_for()
    {
        var tag = TagId.Parse("moushan/dryer-1/outlet/PressureDewPoint");

        Assert.Equal(("moushan", "dryer-1", "PressureDewPoint"), (tag.Station, tag.Asset, tag.Quantity));
    }
}
