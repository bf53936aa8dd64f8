using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AirIsland.Edge.Commissioning;

/// <summary>One read of a device, as text for whoever stands before it, or as JSON.</summary>
internal sealed record ReadReport(
    string Device, IReadOnlyList<PointReading> Readings, IReadOnlyList<Doubt> Doubts, decimal? Expected, IReadOnlyList<Guess>? Agreeing)
{
    // It goes to a terminal or a pipe, never into a page.
    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToText()
    {
        var text = new StringBuilder().AppendLine(Device);
        var width = Readings.Max(r => r.Point.Name.Length);
        foreach (var reading in Readings) text.AppendLine(Line(reading, width));
        foreach (var doubt in Doubts) Append(text, doubt);
        if (Expected is { } expected) text.AppendLine(Verdict(expected));
        return text.ToString().TrimEnd();
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            device = Device,
            points = Readings.Select(r => new
            {
                name = r.Point.Name,
                value = Number(r.Value),
                text = r.Text,
                unit = r.Point.Unit,
                address = r.Point.Address,
                registers = r.Registers?.Select(x => (int)x),
                verified = r.Point.Verified,
                doubtful = r.IsDoubtful,
                failure = r.Failure,
            }),
            doubts = Doubts.Select(d => new { d.Point, d.First, around = d.Around.Select(x => (int)x), guesses = d.Guesses.Select(Of) }),
            expected = Number(Expected),
            agreeing = Agreeing?.Select(Of),
        },
        Format);

    private static object Of(Guess guess) => new { guess.Address, guess.Order, value = Number(guess.Value), own = guess.IsOwn };

    // A decimal is a text in JSON: no reader makes a double of it.
    private static string? Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Hex(IEnumerable<ushort> registers) =>
        string.Join(' ', registers.Select(r => r.ToString("X4", CultureInfo.InvariantCulture)));

    private static string Line(PointReading reading, int width)
    {
        var name = $"  {reading.Point.Name.PadRight(width)}  ";
        if (reading.Failure is { } failure) return $"{name}not read: {failure}";
        var value = reading.Text ?? Number(reading.Value) ?? "no number";
        var raw = Hex(reading.Registers ?? []);
        var marks = (reading.IsDoubtful ? "  <- doubtful" : "") + (reading.Point.Verified ? "" : "  (not verified)");
        return $"{name}{value.PadLeft(14)} {reading.Point.Unit.PadRight(7)} {raw}{marks}";
    }

    private static void Append(StringBuilder text, Doubt doubt)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{doubt.Point} in every order, and one register lower and higher:");
        text.AppendLine(CultureInfo.InvariantCulture, $"  registers from {doubt.First}: {Hex(doubt.Around)}");
        foreach (var place in doubt.Guesses.GroupBy(g => g.Address))
        {
            var values = place.Select(g => $"{g.Order} {Number(g.Value) ?? "no number"}{(g.IsOwn ? " (profile)" : "")}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  at {place.Key}: {string.Join("   ", values)}");
        }
    }

    private string Verdict(decimal expected)
    {
        var display = Number(expected);
        if (Agreeing is not { Count: > 0 }) return $"Nothing there agrees with {display}.";
        var places = string.Join(", ", Agreeing.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Order} at {g.Address}")));
        return Agreeing.Any(g => g.IsOwn)
            ? $"The profile agrees with {display}."
            : $"The profile does not agree with {display}; {places} would.";
    }
}
