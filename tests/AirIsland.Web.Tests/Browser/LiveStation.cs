using AirIsland.SystemTests;
using Microsoft.Playwright;

namespace AirIsland.Web.Tests.Browser;

/// <summary>The demo at sixty times real time, and a browser in front of it; once for all browser tests.</summary>
public sealed class LiveStation : IAsyncLifetime
{
    private readonly ScratchDirectory _data = new();
    private DemoProcess? _demo;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string Chromium => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>Where pictures of the pages are put for people to look at.</summary>
    public static string Pictures => Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public Uri Web { get; private set; } = new("about:blank");

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        _demo = DemoProcess.Start("--data", _data.Path, "--speed", "60", "--free-ports");
        Web = await _demo.UrlAsync(TimeSpan.FromSeconds(60));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _demo?.Dispose();
        _data.Dispose();
    }

    /// <summary>A page of its own, and what is wrong: what its console says, and what it asks of a network that may be closed.</summary>
    internal async Task<(IPage Page, List<string> Errors)> OpenAsync(string path, int width = 1920, int height = 1080)
    {
        if (_browser is null) throw new InvalidOperationException("no browser");
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error") errors.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(request.Url).Host != Web.Host)
                errors.Add($"asked for {request.Url}");
        };
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(new Uri(Web, path).ToString());
        return (page, errors);
    }
}
