using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AirIsland.Simulators.Bench;

/// <summary>What stands there, where, what it shows, and what it served.</summary>
internal static class DeviceRoutes
{
    public static void Map(IEndpointRouteBuilder routes, DeviceFleet fleet, DeviceBench bench)
    {
        routes.MapGet("/devices", bench.List);
        routes.MapGet("/devices/{id}", (string id) => fleet.With(id, _ => TypedResults.Ok(bench.Describe(id))));
        routes.MapGet("/devices/{id}/points", (string id) => fleet.With(id, _ => TypedResults.Ok(bench.Shows(id))));
    }

    /// <summary>Does something with a device, or says that there is none.</summary>
    public static IResult With(this DeviceFleet fleet, string id, Func<FleetDevice, IResult> then) =>
        fleet.Find(id) is { } device ? then(device) : BenchBody.Problem(StatusCodes.Status404NotFound, $"there is no device '{id}'");
}
