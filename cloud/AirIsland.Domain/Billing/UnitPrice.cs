using System.Globalization;

namespace AirIsland.Domain.Billing;

/// <summary>A price per cubic metre in millionths of a yuan, so that 0.105 CNY/m³ is the integer 105000.</summary>
public readonly record struct UnitPrice(long MicroCny)
{
    public decimal Cny => MicroCny / 1_000_000m;

    public override string ToString() => Cny.ToString("0.000###", CultureInfo.InvariantCulture);
}
