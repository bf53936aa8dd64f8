using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Twin;

/// <summary>
/// The values that a station's twin computes from its latest ones: air delivered now (sum of the customers' flows, m³/min Normal) and
/// the air-to-power ratio of this moment (kWh/m³ Normal). Known only while every input is; as good as the worst of them.
/// </summary>
public sealed class TwinDerivation
{
    private const string FlowQuantity = "VolumeFlowRate";
    private const double MinutesPerHour = 60;

    private readonly TagId[] _flows;
    private readonly TagId _power;
    private readonly TagId _totalFlow;
    private readonly TagId _ratio;
    private readonly Dictionary<TagId, ReferenceState> _states = [];

    public TwinDerivation(Station station)
    {
        ArgumentNullException.ThrowIfNull(station);
        _flows = [.. station.Assets.Where(a => a.Kind == AssetKind.CustomerDistributionPoint).Select(a => TagId.Of(station.Id.Value, a.Id, FlowQuantity))];
        _power = TagId.Of(station.Id.Value, "station", "electrical/Power");
        _totalFlow = TagId.Of(station.Id.Value, "station", "derived/VolumeFlowRate");
        _ratio = TagId.Of(station.Id.Value, "station", "derived/SpecificEnergy");
    }

    /// <summary>Remembers the reference state that a flow is measured in.</summary>
    internal void Learn(TagId tag, ReferenceState? state)
    {
        if (state is not null) _states[tag] = state;
    }

    internal IEnumerable<TwinValue> Compute(Func<TagId, TwinValue?> latest)
    {
        var flows = _flows.Select(latest).OfType<TwinValue>().ToList();
        if (flows.Count == 0 || flows.Count < _flows.Length) yield break;
        var at = flows.Max(f => f.At);
        var quality = flows.Aggregate(Quality.Good, (q, f) => q.Worse(f.Quality));
        var sum = quality.HasValue ? flows.Sum(NormalFlow) : (decimal?)null;
        yield return new(_totalFlow, at, Rounded(sum, 3), quality);

        if (latest(_power) is not { } power) yield break;
        var both = quality.Worse(power.Quality);
        var ratio = both.HasValue && sum > 0 ? power.Value / sum / (decimal)MinutesPerHour : null;
        var ratioQuality = both.HasValue && ratio is null ? Quality.Bad(QualityReason.OutOfRange) : both;
        yield return new(_ratio, Instant.Max(at, power.At), Rounded(ratio, 5), ratioQuality);
    }

    private decimal NormalFlow(TwinValue flow) =>
        (flow.Value ?? 0) * (_states.TryGetValue(flow.Tag, out var state) ? state : ReferenceState.Normal).To(ReferenceState.Normal).ToDecimal();

    private static decimal? Rounded(decimal? value, int digits) =>
        value is { } v ? Math.Round(v, digits, MidpointRounding.ToEven) : null;
}
