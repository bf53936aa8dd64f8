namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// What registers would mean in one byte order, to find the right one beside the device's display: a value or a text, or neither where
/// they hold none.
/// </summary>
/// <param name="Order">By the name for the type's width, e.g. <c>CDAB</c>.</param>
/// <param name="IsOwn">Whether it is the order that the profile names.</param>
/// <param name="Value">In the point's unit.</param>
/// <param name="Text">Of a text point.</param>
public sealed record OrderedValue(string Order, bool IsOwn, decimal? Value, string? Text);
