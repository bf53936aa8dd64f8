using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using NodaTime;

namespace AirIsland.Domain.Billing;

/// <summary>
/// Makes a company's bill for a period out of its volume register and its contract: a pure function, so that the company can do the same.
/// </summary>
public static class BillCalculator
{
    public static BillOutcome Compute(
        Company company, Interval period, RegisterSeries register, IReadOnlyList<ContractVersion> versions)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(versions);
        if (register.First is not { } first || register.Last is not { } last)
            return new Unbillable(UnbillableReason.NoReads, $"{register.Tag.Id} has no reads", null, null);
        if (register.BreakIn(period.Start, period.End) is { } broken)
            return new Unbillable(UnbillableReason.RegisterBroken, $"{register.Tag.Id}: {broken}", first, last);
        if (register.DoubtedNear(period) is { } doubted)
        {
            var detail = $"{register.Tag.Id}: the clock of the read of {doubted} is in doubt; the bill waits until that is decided";
            return new Unbillable(UnbillableReason.ClockDoubted, detail, first, last);
        }
        if (register.At(period.Start) is not { } start || register.At(period.End) is not { } end
            || register.Between(period.Start, period.End) is not { } counts)
            return new Unbillable(UnbillableReason.PeriodNotCovered, "the register is not known at both ends of the period", first, last);
        if (versions.Where(v => v.ValidFrom <= period.Start).MaxBy(v => v.ValidFrom) is not { } contract)
            return new Unbillable(UnbillableReason.NoContract, "no contract is valid at the start of the period", first, last);
        if (versions.FirstOrDefault(v => v.ValidFrom > period.Start && v.ValidFrom < period.End) is { } later)
            return new Unbillable(
                UnbillableReason.ContractChangesInside, $"version {later.Version} starts at {later.ValidFrom}", first, last);
        if (register.Tag.State is not { } state)
            return new Unbillable(UnbillableReason.NoReferenceState, $"{register.Tag.Id} names no reference state", first, last);

        var factor = state.To(contract.State);
        return new Bill(company, period, register.Tag, start, end)
        {
            MeterCounts = counts,
            Contract = contract,
            Factor = factor,
            BilledCounts = factor.Apply(counts),
        };
    }
}
