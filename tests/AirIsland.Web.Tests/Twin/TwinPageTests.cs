using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Web.Twin;
using AirIsland.Web.Twin.Patch;
using Bunit;
using NodaTime;

namespace AirIsland.Web.Tests.Twin;

public sealed class TwinPageTests : PageTest
{
    private readonly BunitJSModuleInterop _module;

    public TwinPageTests()
    {
        _module = JSInterop.SetupModule("./_content/AirIsland.Web/twin.js");
        _module.SetupVoid("mount", _ => true).SetVoidResult();
        _module.SetupVoid("apply", _ => true).SetVoidResult();
    }

    [Fact]
    public void Every_shown_tag_has_its_place_in_the_wide_picture_or_above_it()
    {
        var page = Render<TwinPage>();

        var bound = page.FindAll(".kpis [data-t], svg.wide [data-t]").Select(e => e.GetAttribute("data-t") ?? "").ToHashSet();

        Assert.Empty(StationTags.Shown(Stations.Moushan).Except(bound));
        Assert.Empty(bound.Except(StationTags.Shown(Stations.Moushan)));
    }

    [Fact]
    public void Nothing_is_a_number_before_the_first_frame()
    {
        var page = Render<TwinPage>();

        Assert.All(page.FindAll("[data-t]"), e => Assert.Equal("–", e.TextContent));
        Assert.All(page.FindAll(".machine"), e => Assert.Contains("unknown", e.ClassList));
    }

    [Fact]
    public void A_live_number_never_stands_without_its_unit()
    {
        var page = Render<TwinPage>();

        Assert.All(page.FindAll("svg.twin text.num, svg.twin text.big"), e =>
            Assert.Equal(ReadingFormat.Of(new(e.GetAttribute("data-t")!)).Unit, UnitAfter(e)));
    }

    [Fact]
    public void The_card_of_a_compressor_takes_its_fill_from_its_state()
    {
        var page = Render<TwinPage>();

        var states = page.FindAll("svg.wide .machine").Select(e => e.GetAttribute("data-machine"));

        Assert.Equal(Enumerable.Range(1, 3).Select(i => $"moushan/compressor-{i}/OperatingState"), states);
        Assert.Contains(".machine.stop .sym { fill: var(--sym-stop); }", File.ReadAllText("twin.css"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "压缩", "母管压力", "1# 空压机", "账单 ›")]
    [InlineData("en", "Compression", "Header pressure", "Compressor 1", "Bill ›")]
    public void Speaks_both_languages(string culture, params string[] words)
    {
        Speak(culture);

        var page = Render<TwinPage>();

        Assert.All(words, word => Assert.Contains(word, page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_company_leads_to_its_bill()
    {
        var page = Render<TwinPage>();

        var links = page.FindAll("svg.wide a").Select(e => e.GetAttribute("href"));

        Assert.Equal(["/companies/lifode/bill", "/companies/songyuan/bill"], links);
    }

    [Fact]
    public void An_enterprise_sees_only_itself_among_the_companies()
    {
        Cloud.Actor = Stations.Operator with { Role = Role.Enterprise, Companies = [new("songyuan")] };

        var page = Render<TwinPage>();

        Assert.Equal(["/companies/songyuan/bill"], page.FindAll("svg.wide a").Select(e => e.GetAttribute("href")));
        Assert.DoesNotContain("lifode", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_go_through_the_circuit_without_drawing_again()
    {
        var page = Render<TwinPage>();
        var drawn = page.RenderCount;
        var at = Instant.FromUtc(2026, 11, 22, 21, 30);

        Cloud.Put(new TwinFrame(1, at, [new TwinValue(new("moushan/header/GaugePressure"), at, 0.671m, default)]));
        Cloud.Put(new TwinFrame(2, at, [new TwinValue(new("moushan/header/GaugePressure"), at, 0.672m, default)]));
        await Eventually.IsTrueAsync(() => _module.Invocations["apply"].Count == 2);

        var patch = Assert.IsType<TwinPatch>(_module.Invocations["apply"][1].Arguments[0]);
        Assert.Equal("0.672", Assert.Single(patch.Values).Text);
        Assert.Equal(drawn, page.RenderCount);
    }

    private static string? UnitAfter(AngleSharp.Dom.IElement number)
    {
        for (var next = number.NextElementSibling; next is not null; next = next.NextElementSibling)
        {
            if (next.ClassList.Contains("unit"))
                return next.TextContent;
        }

        return null;
    }
}
