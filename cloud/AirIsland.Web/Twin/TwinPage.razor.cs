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
        _station = StationChoice.Of(await twins.StationsAsync(_actor, _gone.Token), new Uri(navigation.Uri));
        if (_station is null)
            navigation.NotFound();
    }

    // Blazor must never compare the live picture with its own idea of it.
    protected override bool ShouldRender() => !_drawn;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_drawn || _station is null || _actor is null)
            return;
        _drawn = true;
        try
        {
            await using var module = await browser.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./_content/AirIsland.Web/twin.js");
            await module.InvokeVoidAsync("mount", _gone.Token, _root);
            await PumpAsync(module, _actor, _station, _gone.Token);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        catch (JSDisconnectedException)
        {
        }
    }

    private async Task PumpAsync(IJSObjectReference module, Actor actor, Station station, CancellationToken gone)
    {
        var mapper = new PatchMapper(station);
        while (!gone.IsCancellationRequested)
        {
            try
            {
                await foreach (var frame in twins.Watch(actor, station.Id, gone))
                    await module.InvokeVoidAsync("apply", PatchTimeout, mapper.Map(frame));
                return;
            }
            catch (TaskCanceledException) when (!gone.IsCancellationRequested)
            {
                // The link was away for a while and patches were missed: watch again, which begins with all values.
            }
        }
    }
}
