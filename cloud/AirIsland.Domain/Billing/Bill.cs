using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Billing;

/// <summary>
/// A company's bill for <see cref="Period"/> (half-open): the difference of two reads of one register, converted once to the contract's
/// reference state, times one price. Everything needed to compute it again by hand is in it.
/// </summary>
public sealed record Bill(Company Company, Interval Period, Tag Register, BoundaryRead Start, BoundaryRead End) : BillOutcome
{
    /// <summary>End − start in counts of the meter, a rollover added where the register passed its end.</summary>
    public required long MeterCounts { get; init; }

    public required ContractVersion Contract { get; init; }

    /// <summary>From the meter's reference state to the contract's.</summary>
    public required ConversionFactor Factor { get; init; }

    /// <summary><see cref="MeterCounts"/> × <see cref="Factor"/>, rounded half to even at the register's resolution.</summary>
    public required long BilledCounts { get; init; }

    /// <summary>Billed m³ at the contract's reference state.</summary>
    public AirVolume Volume => new(Register.Value(BilledCounts), Contract.State);

    /// <summary>Volume × price, rounded once to the fen, half away from zero.</summary>
    public Money Amount => Money.FromCny(Volume.CubicMetres * Contract.Price.Cny);

    /// <summary>The worse of the two boundary reads.</summary>
    public Quality Quality => Start.Quality.Worse(End.Quality);
}
