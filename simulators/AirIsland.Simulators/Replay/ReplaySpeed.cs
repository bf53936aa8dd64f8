using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Replay;

/// <summary>Seconds of the file in a second of the clock, or as fast as possible. Written as a number, or as <c>max</c>.</summary>
/// <param name="Factor">Above 0; null: as fast as possible.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct ReplaySpeed(double? Factor)
{
    public static readonly ReplaySpeed Real = new(1);
    public static readonly ReplaySpeed Max = new(null);

    private const double Fastest = 1e6;

    /// <exception cref="FormatException">Neither a number above 0 and up to a million nor <c>max</c>.</exception>
    public static ReplaySpeed Parse(string text)
    {
        if (text == "max") return Max;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= Fastest
            ? new(factor)
            : throw new FormatException($"speed '{text}': a number above 0 and up to 1000000, or max, is wanted");
    }

    public override string ToString() => Factor is { } factor ? factor.ToString(CultureInfo.InvariantCulture) : "max";

    internal sealed class Converter : JsonConverter<ReplaySpeed>
    {
        public override ReplaySpeed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return reader.TokenType == JsonTokenType.Number
                    ? Parse(reader.GetDouble().ToString(CultureInfo.InvariantCulture))
                    : Parse(reader.GetString() ?? "");
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, ReplaySpeed value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
