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

    /// <summary>Inputs further apart in time than this say nothing of one moment.</summary>
    private static readonly Duration LongestSpread = Duration.FromMinutes(1);

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
        var state = Common(flows);
        var flow = Judge(flows);
        var sum = flow.Quality.HasValue ? flows.Sum(f => At(f, state)) : (decimal?)null;
        yield return new(_totalFlow, flow.At, Rounded(sum, 3), flow.Quality) { Unit = "m3/min", State = state.Name };

        if (latest(_power) is not { } power) yield break;
        var both = Judge([.. flows, power]);
        var normal = sum * state.To(ReferenceState.Normal).ToDecimal();
        var ratio = both.Quality.HasValue && normal > 0 ? power.Value / normal / MinutesPerHour : null;
        var quality = both.Quality.HasValue && ratio is null ? Quality.Bad(QualityReason.OutOfRange) : both.Quality;
        yield return new(_ratio, both.At, Rounded(ratio, 5), quality) { Unit = "kW.h/m3", State = ReferenceState.Normal.Name };
    }

    /// <summary>As old as the oldest input, as good as the worst, and Bad when they are not of one moment.</summary>
    private static (Instant At, Quality Quality) Judge(IReadOnlyList<TwinValue> inputs)
    {
        var oldest = inputs.Min(i => i.At);
        var quality = inputs.Aggregate(Quality.Good, (q, i) => q.Worse(i.Quality));
        return (oldest, inputs.Max(i => i.At) - oldest > LongestSpread ? Quality.Bad(QualityReason.Communication) : quality);
    }

    /// <summary>The meters' own state where they share one, so that a person can add up what the meters show; else Normal.</summary>
    private static ReferenceState Common(List<TwinValue> flows) =>
        flows[0].State is { } first && flows.TrueForAll(f => f.State == first) ? ReferenceState.Parse(first) : ReferenceState.Normal;

    private static decimal At(TwinValue flow, ReferenceState state) =>
        (flow.Value ?? 0) * (flow.State is { } own ? ReferenceState.Parse(own) : state).To(state).ToDecimal();

    private static decimal? Rounded(decimal? value, int digits) =>
        value is { } v ? Math.Round(v, digits, MidpointRounding.ToEven) : null;
}
