using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AirIsland.Demo.Summary;

/// <summary>The summary as printed: whether the chain kept every sample, and how its figures compare with the plant's truth.</summary>
internal sealed record ChainReport(
    ChainReport.SampleCounts Samples, ChainReport.RatioFigure Ratio, ImmutableArray<ChainReport.CompanyFigure> Companies,
    ChainReport.LeakFigure Leak, int Restarts)
{
    /// <summary>Nothing lost, nothing doubled, every bill equal to its device.</summary>
    [JsonIgnore]
    public bool Holds => Samples is { Lost: 0, Duplicated: 0 } && Companies.All(c => c.DeviceRegisterM3 == c.BilledM3);

    /// <summary>Handed out by the devices; accepted into the outbox; read back from the store.</summary>
    public sealed record SampleCounts(long Served, long Measured, long Stored, long Lost, long Duplicated);

    public sealed record RatioFigure(decimal? KWhPerM3, decimal Truth, string ReferenceState);

    public sealed record CompanyFigure(string Id, string DeviceRegisterM3, string BilledM3, string AmountCny);

    public sealed record LeakFigure(double? EstimateM3PerMin, double TruthM3PerMin);
}
