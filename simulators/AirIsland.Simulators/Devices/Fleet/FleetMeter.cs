using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>A device of a fleet as a meter of DL/T 645: its points by their identifiers.</summary>
internal static class FleetMeter
{
    public static DltMeter Of(FleetDevice device)
    {
        var registers = new Dictionary<DltIdentifier, Func<decimal?>>();
        var own = new List<DltItem>();
        foreach (var point in device.Device.Points)
        {
            if (point.Item is not { } item) continue;
            // Numbers of a block have identifiers of their own, by which they can be asked for, too.
            registers.TryAdd(item.Members[point.Index], () => device.Device.Digits(point));
            // Of a block that nobody knows only the first number is told.
            if (DltItems.Find(item.Identifier)?.Format != item.Format) own.Add(item with { Members = [item.Members[0]] });
        }
        return new(MeterAddress.Parse(device.Place.Address ?? ""), EditionOf(device), registers) { Items = own };
    }

    private static DltEdition EditionOf(FleetDevice device) =>
        device.Device.Profile.Edition ?? throw new ArgumentException($"{device.Id} has no edition", nameof(device));
}
