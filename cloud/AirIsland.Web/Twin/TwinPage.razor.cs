using AirIsland.Domain.Stations;
using AirIsland.Web.Access;
using AirIsland.Web.Shell;
using AirIsland.Web.Twin.Patch;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AirIsland.Web.Twin;

/// <summary>The live picture of one station: the one named by <c>?station=</c>, or the actor's first.</summary>
public sealed partial class TwinPage(IActorSource actors, ITwinQueries twins, NavigationManager navigation, IJSRuntime browser)
    : IAsyncDisposable
{
    // Real time: a browser that does not answer for this long is gone or asleep, and gets everything again when it is back.
    private static readonly TimeSpan PatchTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _gone = new();
    private ElementReference _root;
    private Actor? _actor;
    private Station? _station;
    private bool _drawn;

    private static TwinTexts Texts => TwinTexts.Current;

    private string Heading => _station is null ? Texts.Title : Cultures.Pick(_station.Name, _station.NameEn);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await actors.CurrentAsync(_gone.Token);
        var station = StationChoice.Of(await twins.StationsAsync(_actor, _gone.Token), new Uri(navigation.Uri));
        if (station is null)
            navigation.NotFound();
        else
            _station = station;
    }

    // Blazor must never compare the live picture with its own idea of it.
    protected override bool ShouldRender() => !_drawn;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_drawn || _station is null || _actor is null)
            return;
        _drawn = true;
        var gone = _gone.Token;
        try
        {
            await using var module = await browser.InvokeAsync<IJSObjectReference>("import", gone, "./_content/AirIsland.Web/twin.js");
            await module.InvokeVoidAsync("mount", gone, _root);
            await PumpAsync(module, _actor, _station, gone);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
        }
        catch (JSDisconnectedException)
        {
        }
    }

    /// <summary>Until the feed ends. After patches were missed it watches again, which begins with all values.</summary>
    private async Task PumpAsync(IJSObjectReference module, Actor actor, Station station, CancellationToken gone)
    {
        var mapper = new PatchMapper(station);
        for (var missed = true; missed;)
        {
            missed = false;
            await foreach (var frame in twins.Watch(actor, station.Id, gone))
            {
                missed = !await TryApplyAsync(module, mapper.Map(frame));
                gone.ThrowIfCancellationRequested();
                if (missed)
                    break;
            }
        }
    }

    private static async Task<bool> TryApplyAsync(IJSObjectReference module, TwinPatch patch)
    {
        try
        {
            await module.InvokeVoidAsync("apply", PatchTimeout, patch);
            return true;
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }
}
