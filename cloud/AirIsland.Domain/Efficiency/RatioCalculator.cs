using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Efficiency;

/// <summary>
/// The station's air-to-power ratio from its energy registers and its customers' volume registers. Boundary: all electricity that the
/// energy registers count ÷ air delivered through the volume registers, at one reference state.
/// </summary>
public sealed class RatioCalculator(
    IReadOnlyList<RegisterSeries> energies, IReadOnlyList<RegisterSeries> volumes, ReferenceState state)
{
    /// <summary>Reads further apart than this leave a hole in the coverage.</summary>
    public static readonly Duration LongestGap = Duration.FromMinutes(5);

    public AirPowerRatio Over(Interval period)
    {
        if (energies.Count == 0 || volumes.Count == 0) return Unknown(period, null, "the station has no energy or no volume register");
        var all = energies.Concat(volumes).ToList();
        if (all.Exists(s => s.First is null)) return Unknown(period, null, $"no reads of {all.First(s => s.First is null).Tag.Id}");
        var start = all.Aggregate(period.Start, (at, s) => Instant.Max(at, s.First.GetValueOrDefault()));
        var end = all.Aggregate(period.End, (at, s) => Instant.Min(at, s.Last.GetValueOrDefault()));
        if (end <= start) return Unknown(period, null, "no part of the period is covered by all registers");
        return Over(period, new Interval(start, end), all);
    }

    private AirPowerRatio Over(Interval period, Interval covered, List<RegisterSeries> all)
    {
        if (all.Find(s => s.BreakIn(covered.Start, covered.End) is not null) is { } broken)
            return Unknown(period, covered, $"{broken.Tag.Id}: {broken.BreakIn(covered.Start, covered.End)}");
        if (all.Find(s => s.Between(covered.Start, covered.End) is null) is { } uncovered)
            return Unknown(period, covered, $"{uncovered.Tag.Id} is not known at both ends");
        if (volumes.FirstOrDefault(v => v.Tag.State is null) is { } stateless)
            return Unknown(period, covered, $"{stateless.Tag.Id} names no reference state");
        var energy = energies.Aggregate(new Energy(0), (sum, s) => sum + new Energy(Passed(s, covered)));
        var volume = volumes.Aggregate(new AirVolume(0, state), (sum, s) => sum + VolumeOf(s, covered));
        var coverage = all.Min(s => s.Coverage(period, LongestGap));
        var quality = all.Aggregate(
            coverage < 1 ? Quality.Uncertain(QualityReason.Communication) : Quality.Good, (q, s) => WorstEnd(q, s, covered));
        var ratio = new AirPowerRatio(period, covered, energy, volume) { Coverage = coverage, Quality = quality };
        return volume.CubicMetres > 0
            ? ratio with { Ratio = energy / volume }
            : ratio with { Unknown = "no air was delivered", Quality = Quality.Bad(QualityReason.OutOfRange) };
    }

    private AirVolume VolumeOf(RegisterSeries series, Interval covered) =>
        new AirVolume(Passed(series, covered), series.Tag.State ?? throw new ArgumentException($"{series.Tag.Id} names no reference state"))
            .At(state);

    private static decimal Passed(RegisterSeries series, Interval covered) =>
        series.Tag.Value(series.Between(covered.Start, covered.End).GetValueOrDefault());

    private static Quality WorstEnd(Quality quality, RegisterSeries series, Interval covered) =>
        quality.Worse((series.At(covered.Start)?.Quality ?? default).Worse(series.At(covered.End)?.Quality ?? default));

    private static AirPowerRatio Unknown(Interval period, Interval? covered, string why) =>
        new(period, covered, null, null) { Unknown = why, Quality = Quality.Bad(QualityReason.Communication) };
}
