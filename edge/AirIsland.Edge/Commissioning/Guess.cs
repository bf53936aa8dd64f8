namespace AirIsland.Edge.Commissioning;

/// <summary>What registers from that address on would mean in that byte order; no value when they hold no number.</summary>
/// <param name="Address">As in the request, zero-based.</param>
/// <param name="Order">By name, A the most significant byte.</param>
/// <param name="Value">In the point's unit.</param>
/// <param name="IsOwn">Whether it is what the profile says.</param>
internal sealed record Guess(int Address, string Order, decimal? Value, bool IsOwn);
