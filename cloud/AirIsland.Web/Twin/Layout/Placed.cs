using AirIsland.Domain.Stations;

namespace AirIsland.Web.Twin.Layout;

/// <summary>An asset and where it is drawn.</summary>
public sealed record Placed(Asset Asset, Box Box, CardDetail Detail);
