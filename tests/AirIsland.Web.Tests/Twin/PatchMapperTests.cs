using System.Globalization;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Twin;
using AirIsland.Quantities;
using AirIsland.Web.Twin.Patch;
using NodaTime;

namespace AirIsland.Web.Tests.Twin;

public sealed class PatchMapperTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 11, 22, 21, 30, 5);

    [Fact]
    public void The_clock_is_the_sites_own()
    {
        var patch = Map("moushan/header/GaugePressure", 0.6712m);

        Assert.Equal("2026-11-23 05:30:05", patch.Clock);
        Assert.Equal(At.ToUnixTimeSeconds(), patch.Seconds);
    }

    [Fact]
    public void A_good_value_is_written_in_the_digits_of_its_quantity()
    {
        var value = Assert.Single(Map("moushan/header/GaugePressure", 0.6712m).Values);

        Assert.Equal(("0.671", 0.6712, "good", null), (value.Text, value.Number, value.Mark, value.Why));
    }

    [Theory]
    [InlineData("zh-CN", "停机", "通讯中断")]
    [InlineData("en", "Stopped", "communication lost")]
    public void A_stopped_compressor_has_the_word_and_the_class(string culture, string word, string reason)
    {
        using var _ = new Language(culture);

        var stopped = Assert.Single(Map("moushan/compressor-2/OperatingState", 1m).Values);
        var lost = Assert.Single(Map("moushan/compressor-2/OperatingState", null, Quality.Bad(QualityReason.Communication)).Values);

        Assert.Equal((word, "stop"), (stopped.Text, stopped.Mark));
        Assert.Equal("unknown", lost.Mark);
        Assert.Null(lost.Number);
        Assert.Contains(reason, lost.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_value_is_no_number_and_says_why()
    {
        using var _ = new Language("en");

        var value = Assert.Single(Map("moushan/lifode/VolumeFlowRate", null, Quality.Bad(QualityReason.OutOfRange)).Values);

        Assert.Equal(("– –?", null, "bad"), (value.Text, value.Number, value.Mark));
        Assert.Equal("No valid value: out of range", value.Why);
    }

    [Fact]
    public void An_uncertain_value_is_marked_before_its_digits()
    {
        using var _ = new Language("zh-CN");

        var value = Assert.Single(Map("moushan/lifode/VolumeFlowRate", 12.34m, Quality.Uncertain(QualityReason.Frozen)).Values);

        Assert.Equal(("≈12.3", "uncertain", "数值存疑：读数不变化"), (value.Text, value.Mark, value.Why));
    }

    [Fact]
    public void What_the_page_does_not_show_does_not_travel() => Assert.Empty(Map("moushan/weather/Temperature", 21m).Values);

    [Theory]
    [InlineData("moushan/header/GaugePressure", "0.6785", "0.679", "MPa")]
    [InlineData("moushan/lifode/VolumeFlowRate", "1234.56", "1,234.6", "m³/min")]
    [InlineData("moushan/lifode/AccumulatedVolume", "1234567.5", "1,234,568", "m³")]
    [InlineData("moushan/station/electrical/Power", "230.4", "230", "kW")]
    [InlineData("moushan/compressor-1/electrical/Power", "110.25", "110.3", "kW")]
    [InlineData("moushan/compressor-1/outlet/Temperature", "82.4", "82", "°C")]
    [InlineData("moushan/header/PressureDewPoint", "-3.44", "−3.4", "°C")]
    [InlineData("moushan/header/PressureDewPoint", "-0.04", "0.0", "°C")]
    [InlineData("moushan/station/derived/SpecificEnergy", "0.10549", "0.105", "kWh/m³")]
    public void Digits_follow_the_quantity(string tag, string value, string text, string unit)
    {
        var format = ReadingFormat.Of(TagId.Parse(tag));

        Assert.Equal(text, format.Write(decimal.Parse(value, CultureInfo.InvariantCulture)));
        Assert.Equal(unit, format.Unit);
    }

    private static TwinPatch Map(string tag, decimal? value, Quality quality = default) =>
        new PatchMapper(Stations.Moushan).Map(new TwinFrame(1, At, [new TwinValue(TagId.Parse(tag), At, value, quality)]));
}
