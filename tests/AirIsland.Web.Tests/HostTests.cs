using System.Net;
using AirIsland.Web.Access;
using AirIsland.Web.Billing;
using AirIsland.Web.Tests.Billing;
using AirIsland.Web.Twin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AirIsland.Web.Tests;

/// <summary>The pages over HTTP, in a real server: status codes, language, what an unknown address gets.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private readonly InMemoryCloud _cloud = new() { Coverage = Bills.Coverage, Bill = Bills.For };
    private WebApplication? _app;
    private HttpClient? _client;

    private HttpClient Client => _client ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAirIslandWeb();
        builder.Services.AddSingleton<IActorSource>(_cloud).AddSingleton<ITwinQueries>(_cloud).AddSingleton<IBillQueries>(_cloud);
        _app = builder.Build();
        _app.UseAirIslandWeb();
        _app.MapAirIslandWeb();
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.Single();
        _client = new HttpClient { BaseAddress = new Uri(address ?? throw new InvalidOperationException("no address")) };
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK, "工艺流程")]
    [InlineData("/?station=moushan&culture=en", HttpStatusCode.OK, "Process")]
    [InlineData("/?station=nowhere", HttpStatusCode.NotFound, "页面不存在")]
    [InlineData("/companies/lifode/bill", HttpStatusCode.OK, "用气结算单")]
    [InlineData("/companies/lifode/bill?from=2026-11-11&to=2026-11-12&culture=en", HttpStatusCode.OK, "Compressed air bill")]
    [InlineData("/companies/lifode/bill?from=11.11.2026&to=2026-11-12&culture=en", HttpStatusCode.BadRequest, "is no date: 11.11.2026")]
    [InlineData("/companies/nobody/bill?culture=en", HttpStatusCode.NotFound, "Page not found")]
    public async Task An_address_answers_with_its_status_and_a_page(string path, HttpStatusCode status, string word)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(word, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "页面不存在")]
    [InlineData("application/json", "")]
    public async Task An_unknown_address_gets_a_page_in_a_browser_and_a_bare_status_elsewhere(string accept, string word)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no/such/thing");
        request.Headers.Add("Accept", accept);

        using var response = await Client.SendAsync(request);

        var body = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(word, body, StringComparison.Ordinal);
        Assert.Equal(word.Length == 0, body.Length == 0);
    }

    [Fact]
    public async Task The_language_is_remembered()
    {
        var first = await Client.GetStringAsync(new Uri("/?culture=en", UriKind.Relative));
        var second = await Client.GetStringAsync(new Uri("/companies/lifode/bill", UriKind.Relative));

        Assert.Contains("<html lang=\"en\"", first, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", second, StringComparison.Ordinal);
        Assert.Contains("Lifode", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_that_the_actor_may_not_see_does_not_exist()
    {
        _cloud.Actor = Stations.Operator with { Stations = [] };

        using var bill = await Client.GetAsync(new Uri("/companies/lifode/bill", UriKind.Relative));
        using var twin = await Client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, bill.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, twin.StatusCode);
    }
}
