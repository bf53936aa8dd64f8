using AirIsland.Domain.Stations;
using AirIsland.Web.Access;
using AirIsland.Web.Twin;
using Microsoft.AspNetCore.Components;

namespace AirIsland.Web.Shell;

/// <summary>The frame around every page; rendered on the server, without a circuit.</summary>
public sealed partial class MainLayout(IActorSource actors, ITwinQueries twins, NavigationManager navigation)
{
    private static readonly CancellationToken Request = CancellationToken.None;

    private IReadOnlyList<Station> _stations = [];
    private Station? _current;

    private static ShellTexts Texts => ShellTexts.Current;

    private Uri Address => new(navigation.Uri);

    private bool OnTwin => Address.AbsolutePath == "/";

    private string OtherLanguage =>
        navigation.GetUriWithQueryParameter("culture", Cultures.IsEnglish ? Cultures.Chinese : Cultures.English);

    protected override async Task OnInitializedAsync()
    {
        var actor = await actors.CurrentAsync(Request);
        _stations = [.. await twins.StationsAsync(actor, Request)];
        _current = StationChoice.Of(_stations, Address);
    }

    private static string BillPath(Asset asset) => $"/companies/{asset.Company}/bill";

    private bool IsOpen(Asset asset) => Address.AbsolutePath == BillPath(asset);
}
