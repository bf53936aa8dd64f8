using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Twin;

/// <summary>
/// The values that a station's twin computes from its latest ones: air delivered now (sum of the customers' flows, m³/min) and the
/// air-to-power ratio of this moment (kWh/m³ Normal). Known only while every input is; as good as the worst of them.
/// </summary>
public sealed class TwinDerivation
{
    private const string FlowQuantity = "VolumeFlowRate";
    private const decimal MinutesPerHour = 60;

    private readonly TagId[] _flows;
    private readonly TagId _power;
    private readonly TagId _totalFlow;
    private readonly TagId _ratio;

    public TwinDerivation(Station station)
    {
        ArgumentNullException.ThrowIfNull(station);
        TagId Of(string asset, string quantity) => TagId.Of(station.Id.Value, asset, quantity);
        var customers = station.Assets.Where(a => a.Kind == AssetKind.CustomerDistributionPoint);
        _flows = [.. customers.Select(a => Of(a.Id, FlowQuantity))];
        _power = Of("station", "electrical/Power");
        _totalFlow = Of("station", "derived/VolumeFlowRate");
        _ratio = Of("station", "derived/SpecificEnergy");
    }

    internal IEnumerable<TwinValue> Compute(Func<TagId, TwinValue?> latest)
    {
        var flows = _flows.Select(latest).OfType<TwinValue>().ToList();
        if (flows.Count == 0 || flows.Count < _flows.Length) yield break;
        var at = flows.Max(f => f.At);
        var quality = flows.Aggregate(Quality.Good, (q, f) => q.Worse(f.Quality));
        var state = Common(flows);
        var sum = quality.HasValue ? flows.Sum(f => At(f, state)) : (decimal?)null;
        yield return new(_totalFlow, at, Rounded(sum, 3), quality) { Unit = "m3/min", State = state.Name };

        if (latest(_power) is not { } power) yield break;
        var both = quality.Worse(power.Quality);
        var normal = sum * state.To(ReferenceState.Normal).ToDecimal();
        var ratio = both.HasValue && normal > 0 ? power.Value / normal / MinutesPerHour : null;
        var ratioQuality = both.HasValue && ratio is null ? Quality.Bad(QualityReason.OutOfRange) : both;
        yield return new(_ratio, Instant.Max(at, power.At), Rounded(ratio, 5), ratioQuality)
        {
            Unit = "kW.h/m3",
            State = ReferenceState.Normal.Name,
        };
    }

    /// <summary>The meters' own state where they share one, so that a person can add up what the meters show; else Normal.</summary>
    private static ReferenceState Common(List<TwinValue> flows) =>
        flows[0].State is { } first && flows.TrueForAll(f => f.State == first) ? ReferenceState.Parse(first) : ReferenceState.Normal;

    private static decimal At(TwinValue flow, ReferenceState state) =>
        (flow.Value ?? 0) * (flow.State is { } own ? ReferenceState.Parse(own) : state).To(state).ToDecimal();

    private static decimal? Rounded(decimal? value, int digits) =>
        value is { } v ? Math.Round(v, digits, MidpointRounding.ToEven) : null;
}
