using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AirIsland.Simulators.Bench;

/// <summary>Switches what disturbs a device on the wire, by names that the harness chooses.</summary>
internal static class DisturbanceRoutes
{
    public static void Map(IEndpointRouteBuilder routes, DeviceFleet fleet)
    {
        routes.MapDelete("/disturbances", () => TurnOff(fleet.Devices));
        routes.MapGet("/devices/{id}/disturbances", (string id) => fleet.With(id, device => TypedResults.Ok(
            device.Disturbances.Named.ToDictionary())));
        routes.MapDelete("/devices/{id}/disturbances", (string id) => fleet.With(id, device => TurnOff([device])));
        routes.MapPut("/devices/{id}/disturbances/{name}", (string id, string name, HttpRequest request) =>
            BenchBody.WithAsync<Disturbance>(request, disturbance => fleet.With(id, device => Put(device, name, disturbance))));
        routes.MapDelete("/devices/{id}/disturbances/{name}", (string id, string name) => fleet.With(id, device =>
            device.Disturbances.Clear(name)
                ? TypedResults.NoContent()
                : BenchBody.Problem(StatusCodes.Status404NotFound, $"no disturbance '{name}' is on at {id}")));
    }

    private static IResult Put(FleetDevice device, string name, Disturbance disturbance)
    {
        if (!FleetCheck.IsName(name)) return BenchBody.Problem(StatusCodes.Status400BadRequest, $"a name is {FleetCheck.Names}");
        try
        {
            device.Disturbances.Set(name, disturbance);
            return TypedResults.Ok(disturbance);
        }
        catch (ArgumentException e)
        {
            return BenchBody.Problem(e);
        }
    }

    private static NoContent TurnOff(IEnumerable<FleetDevice> devices)
    {
        foreach (var device in devices) device.Disturbances.TurnOff();
        return TypedResults.NoContent();
    }
}
