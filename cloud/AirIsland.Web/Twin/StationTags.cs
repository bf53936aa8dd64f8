using System.Collections.Immutable;
using AirIsland.Domain.Stations;

namespace AirIsland.Web.Twin;

/// <summary>The names of the tags that the twin shows, whole (<c>station/asset[/port]/Quantity</c>) and spelled in one place.</summary>
public sealed class StationTags(StationId station)
{
    public string TotalFlow => $"{station}/station/derived/VolumeFlowRate";

    public string SpecificEnergy => $"{station}/station/derived/SpecificEnergy";

    public string StationPower => $"{station}/station/electrical/Power";

    public string StationEnergy => $"{station}/station/electrical/Energy";

    public string Pressure(string asset) => $"{station}/{asset}/GaugePressure";

    public string DewPoint(string asset) => $"{station}/{asset}/PressureDewPoint";

    public string Temperature(string asset) => $"{station}/{asset}/Temperature";

    public string Flow(string asset) => $"{station}/{asset}/VolumeFlowRate";

    public string Volume(string asset) => $"{station}/{asset}/AccumulatedVolume";

    public string State(string compressor) => $"{station}/{compressor}/OperatingState";

    public string OutletPressure(string compressor) => $"{station}/{compressor}/outlet/GaugePressure";

    public string OutletTemperature(string compressor) => $"{station}/{compressor}/outlet/Temperature";

    public string Frequency(string compressor) => $"{station}/{compressor}/motor/Frequency";

    public string Current(string compressor) => $"{station}/{compressor}/motor/CurrentA";

    public string RunningTime(string compressor) => $"{station}/{compressor}/RunningTime";

    public string LoadedTime(string compressor) => $"{station}/{compressor}/LoadedTime";

    public string Power(string compressor) => $"{station}/{compressor}/electrical/Power";

    /// <summary>Everything the page shows of a station, so that nothing else travels to the browser.</summary>
    public static ImmutableHashSet<string> Shown(Station shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var tags = new StationTags(shown.Id);
        return [tags.TotalFlow, tags.SpecificEnergy, tags.StationPower, tags.StationEnergy, .. shown.Assets.SelectMany(a => tags.Of(a))];
    }

    private ImmutableArray<string> Of(Asset asset) => asset.Kind switch
    {
        AssetKind.Compressor when asset.VariableSpeed => [.. OfMachine(asset.Id), Frequency(asset.Id)],
        AssetKind.Compressor => OfMachine(asset.Id),
        AssetKind.Airnet => [Pressure(asset.Id), DewPoint(asset.Id), Temperature(asset.Id)],
        AssetKind.CustomerDistributionPoint => [Flow(asset.Id), Volume(asset.Id), Pressure(asset.Id), Temperature(asset.Id)],
        _ => [],
    };

    private ImmutableArray<string> OfMachine(string id) =>
        [State(id), Power(id), OutletPressure(id), OutletTemperature(id), Current(id), RunningTime(id), LoadedTime(id)];
}
