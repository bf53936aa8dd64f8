using System.Globalization;
using Microsoft.Playwright;

namespace AirIsland.Web.Tests.Browser;

/// <summary>The pages as a person meets them: Debian's Chromium in front of the running chain.</summary>
public sealed class LivePageTests(LiveStation station) : IClassFixture<LiveStation>
{
    [ChromiumFact]
    public async Task A_value_moves_and_the_console_is_silent()
    {
        var (page, errors) = await station.OpenAsync("/");
        var power = page.Locator(".kpis [data-t='moushan/station/electrical/Power']");

        await Assertions.Expect(power).Not.ToHaveTextAsync("–", new() { Timeout = 30_000 });
        var pressure = page.Locator(".kpis [data-t='moushan/header/GaugePressure']");
        await Assertions.Expect(pressure).Not.ToHaveTextAsync("–", new() { Timeout = 30_000 });
        var flow = page.Locator(".kpis [data-t='moushan/station/derived/VolumeFlowRate']");
        var seen = await flow.TextContentAsync() ?? "";
        await Assertions.Expect(flow).Not.ToHaveTextAsync(seen, new() { Timeout = 30_000 });

        Assert.InRange(decimal.Parse(await pressure.TextContentAsync() ?? "", CultureInfo.InvariantCulture), 0.3m, 0.9m);
        await page.ScreenshotAsync(new() { Path = Path.Combine(LiveStation.Pictures, "twin-1920.png") });
        Assert.Empty(errors);
    }

    [ChromiumFact]
    public async Task Language_and_theme_are_a_click_away()
    {
        var (page, errors) = await station.OpenAsync("/?theme=dark", 1366, 768);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("压缩");

        await page.GetByText("English", new() { Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Header pressure");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ScreenshotAsync(new() { Path = Path.Combine(LiveStation.Pictures, "twin-1366-dark-en.png") });
        Assert.Empty(errors);
    }

    [ChromiumFact]
    public async Task The_page_of_the_api_needs_nothing_from_outside()
    {
        var (page, errors) = await station.OpenAsync("/scalar/");

        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("/api/v1/stations", new() { Timeout = 30_000 });

        Assert.Empty(errors);
    }

    [ChromiumFact]
    public async Task A_company_reaches_its_bill_from_the_picture()
    {
        var (page, errors) = await station.OpenAsync("/");
        await page.Locator("a[href='/companies/lifode/bill']:visible").First.ClickAsync();

        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("利佛德");
        // Two register reads, a minute of station time apart, are there after a few seconds.
        for (var tries = 0; tries < 60 && !(await page.InnerTextAsync("body")).Contains("0.105", StringComparison.Ordinal); tries++)
        {
            await page.WaitForTimeoutAsync(500);
            await page.ReloadAsync();
        }
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("0.105");
        await page.ScreenshotAsync(new() { Path = Path.Combine(LiveStation.Pictures, "bill-1920.png"), FullPage = true });
        Assert.Empty(errors);
    }
}
