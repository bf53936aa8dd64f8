using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Pipeline;

/// <summary>What a site is: its tags and devices, the lines to them, and the catalogue that the cloud gets of the tags.</summary>
public sealed record SitePlan(TagTable Tags, IReadOnlyList<EndpointOptions> Endpoints, CatalogueContent Catalogue);
