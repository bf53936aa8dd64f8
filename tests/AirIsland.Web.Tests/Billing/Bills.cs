using AirIsland.Domain.Billing;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Web.Tests.Billing;

/// <summary>A bill whose figures can be checked by hand, from a meter at 20 °C to a contract at 0 °C.</summary>
internal static class Bills
{
    public static Interval Coverage { get; } = new(Instant.FromUtc(2026, 11, 9, 21, 30), Instant.FromUtc(2026, 11, 22, 21, 45));

    public static BillOutcome For(Company company, Interval period)
    {
        if (period.Start < Coverage.Start || period.End > Coverage.End)
            return new Unbillable(UnbillableReason.PeriodNotCovered, "reads begin later", Coverage.Start, Coverage.End);

        var factor = ReferenceState.Standard20.To(ReferenceState.Normal);
        var register = new Tag(TagId.Of("moushan", company.Id.Value, "AccumulatedVolume"), TagKind.Register, "air", "m3", 0.01m)
        {
            State = ReferenceState.Standard20,
            MeterSerial = "VX-4",
        };
        return new Bill(company, period, register, new(period.Start, 123456712, default),
            new(period.End, 128000099, Quality.Uncertain(QualityReason.Substituted)))
        {
            MeterCounts = 4543387,
            Contract = new("HT-2026-018", 3, company.Id, Instant.FromUtc(2026, 1, 1, 0, 0), new(105000), ReferenceState.Normal),
            Factor = factor,
            BilledCounts = factor.Apply(4543387),
        };
    }
}
