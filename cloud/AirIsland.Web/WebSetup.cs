using AirIsland.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Web;

/// <summary>
/// What a host calls to serve the pages: services, then the middleware, then the endpoints. The host registers the queries of
/// <c>Access</c>, <c>Twin</c> and <c>Billing</c>, and serves static assets.
/// </summary>
public static class WebSetup
{
    public static IServiceCollection AddAirIslandWeb(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    /// <summary>
    /// Chinese, unless a person chose otherwise: by <c>?culture=</c>, which is then remembered in a cookie. What the browser asks for
    /// does not count: a station's screens look the same to everybody who stands before them.
    /// </summary>
    public static IApplicationBuilder UseAirIslandWeb(this IApplicationBuilder app)
    {
        var supported = Cultures.All.ToArray();
        app.UseRequestLocalization(options =>
        {
            options.SetDefaultCulture(Cultures.Chinese).AddSupportedCultures(supported).AddSupportedUICultures(supported);
            options.RequestCultureProviders = [new QueryStringRequestCultureProvider(), new CookieRequestCultureProvider()];
        });
        app.Use(RememberCulture);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(KeepBareStatusForPrograms);
        return app.UseAntiforgery();
    }

    public static IEndpointConventionBuilder MapAirIslandWeb(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();

    // An unknown address typed into a browser gets a page; programs keep their bare status.
    private static Task KeepBareStatusForPrograms(HttpContext context, RequestDelegate next)
    {
        var forPeople = HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (!forPeople && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        return next(context);
    }

    // The circuit is another request, without the page's query: only the cookie carries the language there.
    private static Task RememberCulture(HttpContext context, RequestDelegate next)
    {
        var chosen = context.Features.Get<IRequestCultureFeature>();
        if (chosen?.Provider is QueryStringRequestCultureProvider)
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(chosen.RequestCulture),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        }

        return next(context);
    }
}
