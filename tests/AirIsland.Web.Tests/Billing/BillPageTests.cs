using AirIsland.Domain.Billing;
using AirIsland.Web.Billing;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Web.Tests.Billing;

public sealed class BillPageTests : PageTest
{
    public BillPageTests()
    {
        Cloud.Coverage = Bills.Coverage;
        Cloud.Bill = Bills.For;
    }

    [Fact]
    public void Prints_every_figure_that_is_needed_to_compute_it_again()
    {
        Speak("en");

        var sheet = Open("").Find("article.sheet").TextContent;

        Assert.All(
            [
                "Lifode", "VX-4", "HT-2026-018", "2026-11-10 05:30:00 +08:00", "2026-11-23 05:45:00 +08:00", "1,234,567.12", "1,280,000.99",
                "45,433.87", "5463/5863", "Standard20 (20 °C, 101.325 kPa, dry)", "Normal (0 °C, 101.325 kPa, dry)", "42,334.17",
                "0.105 CNY/m³", "¥\u00A04,445.09", "Uncertain: substituted",
                "(1,280,000.99 − 1,234,567.12) m³ × 5463/5863 = 42,334.17 m³; × 0.105 CNY/m³ = ¥\u00A04,445.09",
            ],
            (string figure) => Assert.Contains(figure, sheet, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rollover_is_shown_and_is_part_of_the_formula()
    {
        Speak("en");
        Cloud.Bill = (company, period) => (Bill)Bills.For(company, period) with
        {
            Start = new(period.Start, 99_999_000, default),
            End = new(period.End, 500, default),
            MeterCounts = 1500,
            BilledCounts = 1398,
        };

        var sheet = Open("").Find("article.sheet").TextContent;

        Assert.Contains("rollover", sheet, StringComparison.Ordinal);
        Assert.Contains("(5.00 − 999,990.00 + 1,000,000.00) m³", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public void Speaks_chinese()
    {
        var page = Open("");

        Assert.Contains("用气结算单", page.Markup, StringComparison.Ordinal);
        Assert.Contains("利佛德", page.Markup, StringComparison.Ordinal);
        Assert.Contains("手工复算", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_holds_the_period_that_is_shown()
    {
        var page = Open("?from=2026-11-11&to=2026-11-12T08:30");

        Assert.Equal("2026-11-11 00:00:00", page.Find("input[name=from]").GetAttribute("value"));
        Assert.Equal("2026-11-12 08:30:00", page.Find("input[name=to]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("?from=2026-13-01&to=2026-11-12", "from", "2026-13-01")]
    [InlineData("?from=2026-11-12&to=2026-11-11", "to", "later")]
    [InlineData("?from=2026-11-12", "to", "missing")]
    public void A_malformed_period_names_the_field(string query, string field, string word)
    {
        Speak("en");

        var alert = Open(query).Find("[role=alert]").TextContent;

        Assert.Contains($"({field})", alert, StringComparison.Ordinal);
        Assert.Contains(word, alert, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_bill_it_says_why_what_reads_there_are_and_what_to_do()
    {
        Speak("en");

        var page = Open("?from=2026-11-01&to=2026-11-12");

        var alert = page.Find("[role=alert]").TextContent;
        Assert.Contains("beyond the reads", alert, StringComparison.Ordinal);
        Assert.Contains("2026-11-10 05:30:00 +08:00", alert, StringComparison.Ordinal);
        Assert.Contains("Choose a period between", alert, StringComparison.Ordinal);
        Assert.Equal("/companies/lifode/bill", page.Find("[role=alert] a").GetAttribute("href"));
    }

    [Fact]
    public void A_company_without_reads_says_so_and_shows_no_amount()
    {
        Cloud.Coverage = null;

        var page = Open("");

        Assert.Contains("没有任何读数", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".amount"));
    }

    private IRenderedComponent<BillPage> Open(string query)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/companies/lifode/bill" + query);
        return Render<BillPage>(p => p.Add(x => x.Id, "lifode"));
    }
}
