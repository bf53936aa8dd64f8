using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AirIsland.Simulators.Bench;

/// <summary>The meter behind a device: the truth about it, and faults by names that the harness chooses.</summary>
internal static class MeterRoutes
{
    // Chosen: more at once than any test thinks of.
    private const int MostFaults = 16;

    public static void Map(IEndpointRouteBuilder routes, DeviceFleet fleet)
    {
        routes.MapDelete("/faults", () => ClearAll(fleet));
        routes.MapGet("/devices/{id}/meter", (string id) => With(fleet, id, meter => TypedResults.Ok(meter.Truth)));
        routes.MapPut("/devices/{id}/meter/faults/{name}", (string id, string name, HttpRequest request) =>
            BenchBody.WithAsync<MeterFault>(request, fault => With(fleet, id, meter => Put(fleet, meter, name, fault))));
        routes.MapDelete("/devices/{id}/meter/faults", (string id) => With(fleet, id, meter =>
        {
            Clear(meter);
            return TypedResults.NoContent();
        }));
        routes.MapDelete("/devices/{id}/meter/faults/{name}", (string id, string name) => With(fleet, id, meter =>
            meter.Clear(name)
                ? TypedResults.NoContent()
                : BenchBody.Problem(StatusCodes.Status404NotFound, $"no fault '{name}' is on at {id}")));
    }

    /// <summary>Does something with a meter between two steps of the plant, or says that there is none.</summary>
    private static IResult With(DeviceFleet fleet, string id, Func<IFaultable, IResult> then) => fleet.With(id, device =>
    {
        if (device.Meter is null) return BenchBody.Problem(StatusCodes.Status404NotFound, $"behind {id} is no meter that can fail");
        lock (fleet.Gate) return then(device.Meter);
    });

    private static IResult Put(DeviceFleet fleet, IFaultable meter, string name, MeterFault fault)
    {
        if (!FleetCheck.IsName(name)) return BenchBody.Problem(StatusCodes.Status400BadRequest, $"a name is {FleetCheck.Names}");
        if (FaultLimits.MistakeOf(fault) is { } mistake) return BenchBody.Problem(StatusCodes.Status400BadRequest, mistake);
        if (meter.Faults.Count >= MostFaults && meter.Faults.All(active => active.Name != name))
            return BenchBody.Problem(StatusCodes.Status409Conflict, $"more than {MostFaults} faults at once");
        try
        {
            if (fault is MeterFault.Swapped swapped) Swap(fleet, meter, name, swapped.With);
            else meter.Set(name, fault);
            return TypedResults.Ok(meter.Truth);
        }
        catch (ArgumentException e)
        {
            return BenchBody.Problem(e);
        }
    }

    private static void Swap(DeviceFleet fleet, IFaultable meter, string name, string with)
    {
        if (meter is not FieldMeter one || fleet.Find(with)?.Meter is not FieldMeter other)
            throw new ArgumentException($"there is no meter '{with}' to swap with", nameof(with));
        FieldMeter.Swap(name, one, other);
    }

    private static NoContent ClearAll(DeviceFleet fleet)
    {
        lock (fleet.Gate)
            foreach (var device in fleet.Devices)
                if (device.Meter is { } meter)
                    Clear(meter);
        return TypedResults.NoContent();
    }

    /// <summary>Last in, first out: registers that several have changed come back right.</summary>
    private static void Clear(IFaultable meter)
    {
        foreach (var fault in meter.Faults.Reverse()) meter.Clear(fault.Name);
    }
}
