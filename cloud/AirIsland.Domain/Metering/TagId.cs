using System.Text.RegularExpressions;

namespace AirIsland.Domain.Metering;

/// <summary>
/// Name of one measured quantity at one place: <c>station/asset[/port]/Quantity</c>, e.g. <c>moushan/dryer-1/outlet/PressureDewPoint</c>.
/// </summary>
public readonly partial record struct TagId(string Value)
{
    public string Station => Value[..Value.IndexOf('/', StringComparison.Ordinal)];

    public string Asset => Value.Split('/')[1];

    public string Quantity => Value[(Value.LastIndexOf('/') + 1)..];

    /// <exception cref="FormatException">The text is no tag id.</exception>
    public static TagId Parse(string text) =>
        Pattern().IsMatch(text) ? new(text) : throw new FormatException($"'{text}' is no tag: station/asset[/port]/Quantity is wanted");

    public static TagId Of(string station, string asset, string quantity) => new($"{station}/{asset}/{quantity}");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9-]{1,32}(/[a-z0-9-]{1,32}){1,2}/[A-Z][A-Za-z0-9]{0,47}\z")]
    private static partial Regex Pattern();
}
