using System.Globalization;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Edge.Commissioning;

/// <summary>A unit that answered, and what it says about itself; nulls where it says nothing.</summary>
internal sealed record FoundUnit(int Unit, string? Vendor, string? Product, string? Revision, string? Model)
{
    public static FoundUnit Of(byte unit, ModbusIdentity? who) =>
        new(unit, who?.Vendor, who?.ProductName ?? who?.ProductCode, who?.Revision, who?.ModelName);

    public override string ToString()
    {
        var who = string.Join(" ", new[] { Vendor, Product, Model, Revision }.Where(w => !string.IsNullOrEmpty(w)));
        return string.Create(CultureInfo.InvariantCulture, $"unit {Unit}  {(who.Length > 0 ? who : "answers, does not say who it is")}");
    }
}
