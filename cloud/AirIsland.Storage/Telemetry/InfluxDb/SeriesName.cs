using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AirIsland.Domain.Metering;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>
/// How a tag is called in InfluxDB: the quantity is the measurement; station, asset, port, unit, reference state and series are tags. Every
/// series of a measurement has the same tags (<c>-</c> where one says nothing), because InfluxDB 3 fixes them with the first point.
/// </summary>
internal static class SeriesName
{
    /// <summary>What a tag has that says nothing; InfluxDB knows no empty tag.</summary>
    private const string Nothing = "-";

    /// <summary>Fields: what people look at, the exact count where the value cannot carry it, and how far to trust it.</summary>
    public const string Value = "value";
    public const string Count = "count";
    public const string Quality = "quality";

    /// <summary>The names and values of a tag's tags, sorted by name, as InfluxDB likes them.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Tag tag)
    {
        yield return ("asset", tag.Id.Asset);
        yield return ("port", Port(tag.Id));
        yield return ("reference", tag.State?.ToString() ?? Nothing);
        yield return ("series", Series(tag));
        yield return ("station", tag.Id.Station);
        yield return ("unit", tag.Unit.Length == 0 ? Nothing : tag.Unit);
    }

    /// <summary>Measurement and tags of a line, in line protocol, with the blank before the fields.</summary>
    public static byte[] Prefix(Tag tag)
    {
        var line = new StringBuilder(tag.Id.Quantity);
        foreach (var (name, value) in Of(tag)) line.Append(',').Append(name).Append('=').Append(Escape(value));
        return Encoding.UTF8.GetBytes(line.Append(' ').ToString());
    }

    /// <summary>The same as a condition of InfluxQL.</summary>
    public static string Condition(Tag tag) => string.Join(
        " AND ",
        Of(tag).Where(t => t.Name is "station" or "asset" or "port" or "series").Select(t => $"\"{t.Name}\" = {Text(t.Value)}"));

    /// <summary>A string of InfluxQL.</summary>
    public static string Text(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>
    /// A tag's value in line protocol. A backslash at the end would swallow what follows, and a line break would end the line: neither can
    /// be escaped, and neither stands in a unit.
    /// </summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value.TrimEnd('\\'))
        {
            if (c is ',' or '=' or ' ') text.Append('\\');
            text.Append(char.IsControl(c) ? '_' : c);
        }
        return text.Length == 0 ? Nothing : text.ToString();
    }

    /// <summary>Eight digits that differ between declarations that are not one series (<see cref="Tag.IsSameSeries"/>).</summary>
    public static string Series(Tag tag)
    {
        // 0.10 and 0.1 are one resolution.
        var resolution = tag.Resolution / 1.000000000000000000000000000000m;
        var declaration = string.Create(
            CultureInfo.InvariantCulture,
            $"{tag.Id}\n{tag.Kind}\n{tag.Unit}\n{resolution}\n{tag.State}\n{tag.Modulus}\n{tag.MeterSerial}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(declaration)).AsSpan(0, 4));
    }

    private static string Port(TagId id)
    {
        var parts = id.Value.Split('/');
        return parts.Length == 4 ? parts[2] : Nothing;
    }
}
