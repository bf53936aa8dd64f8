using System.Globalization;
using AirIsland.Web.Access;
using AirIsland.Web.Billing;
using AirIsland.Web.Twin;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Web.Tests;

/// <summary>A page rendered without a browser, over the in-memory cloud, in a language of choice.</summary>
public abstract class PageTest : BunitContext
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    private protected InMemoryCloud Cloud { get; } = new();

    protected PageTest()
    {
        Services.AddSingleton<IActorSource>(Cloud);
        Services.AddSingleton<ITwinQueries>(Cloud);
        Services.AddSingleton<IBillQueries>(Cloud);
        Speak("zh-CN");
    }

    protected static void Speak(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
    }

    protected override void Dispose(bool disposing)
    {
        Speak(_before.Name);
        base.Dispose(disposing);
    }
}
