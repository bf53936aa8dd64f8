using AirIsland.Simulators.Replay;

namespace AirIsland.Simulators.Tests.Replay;

public sealed class UnitConversionTests
{
    [Theory]
    [InlineData("[psi]", "MPa", 100, "0.6894757293168")]
    [InlineData("bar", "MPa", 7, "0.7")]
    [InlineData("kgf/cm2", "MPa", 7, "0.6864655")]
    [InlineData("[degF]", "Cel", 212, "100")]
    [InlineData("K", "Cel", 300, "26.85")]
    [InlineData("[HP]", "kW", 100, "74.569987158227022")]
    [InlineData("m3/h", "m3/min", 90, "1.5")]
    [InlineData("[cft_i]/min", "m3/min", 1000, "28.316846592")]
    [InlineData("MW.h", "kW.h", 3, "3000")]
    [InlineData("furlong", "furlong", 3, "3")]
    public void Units_are_brought_to_one_another(string from, string to, int value, string result) =>
        Assert.Equal(decimal.Parse(result, System.Globalization.CultureInfo.InvariantCulture),
            UnitConversion.Between(from, to)?.Apply(value) ?? 0, precision: 12);

    [Theory]
    [InlineData("kW", "kW.h")]
    [InlineData("MPa", "m3")]
    [InlineData("furlong", "m3")]
    public void What_measures_something_else_cannot_be_brought(string from, string to) => Assert.Null(UnitConversion.Between(from, to));

    [Fact]
    public void Every_way_leads_back()
    {
        foreach (var to in new[] { "MPa", "Cel", "kW", "kW.h", "m3/min", "m3", "A", "V", "h", "Hz", "1" })
            foreach (var from in UnitConversion.LeadingTo(to))
            {
                var there = UnitConversion.Between(from, to) ?? throw new InvalidOperationException($"{from} does not lead to {to}");
                var back = UnitConversion.Between(to, from) ?? throw new InvalidOperationException($"{to} does not lead to {from}");
                Assert.Equal(12.34m, back.Apply(there.Apply(12.34m)), precision: 12);
            }
    }
}
