using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>Reads one point of a profile and judges it by itself; <see cref="ProfileReader"/> judges points against each other.</summary>
internal static partial class PointReader
{
    // No meter counts so far; a sum or difference of two such counts fits a long.
    private const decimal LargestCount = 1e15m;

    // Keeps its product with any scale inside a decimal; no modulus that is allowed comes near it.
    private const decimal LargestWidth = 1e22m;

    private const string MapMistake = "must be an object of device code to state code, each code once";
    private static readonly string[] Media = ["air", "water", "electricity", "heat", "ambient"];
    private static readonly string[] States = ["FAD", "Normal", "Standard20"];
    private static readonly string[] AirAmounts = ["m3", "m3/min"];

    private static readonly string[] Units =
        ["1", "%", "A", "Cel", "GJ", "Hz", "MPa", "V", "/min", "h", "kW", "kW.h", "m/s", "m3", "m3/min", "s"];

    private static readonly string[] ModbusOnly =
        ["table", "address", "type", "order", "length", "bit", "bits", "byte", "readTogether", "transformer", "writable"];

    /// <summary>Where the protocol was written wrong each point is read as what it looks like, to find its other mistakes.</summary>
    public static ProfilePoint Read(FieldReader fields, DeviceSpeech speech)
    {
        var point = new ProfilePoint
        {
            Name = fields.RequiredText("name"),
            Group = fields.RequiredText("group"),
            Kind = fields.Choice<PointKind>("kind"),
            Medium = fields.RequiredText("medium"),
            Unit = IsText(fields) ? fields.Text("unit") ?? "1" : fields.RequiredText("unit"),
            Resolution = IsText(fields) ? fields.Number("resolution") ?? 1 : fields.RequiredNumber("resolution"),
            Scale = fields.Number("scale") ?? 1,
            Divide = fields.Number("divide") ?? 1,
            Offset = fields.Number("offset") ?? 0,
            State = fields.Text("state"),
            Minimum = fields.Number("minimum"),
            Maximum = fields.Number("maximum"),
            Modulus = fields.Number("modulus"),
            Map = ReadMap(fields),
            Verified = fields.Flag("verified"),
            Comment = fields.Text("comment"),
        };
        point = ReadPlace(fields, point, speech);
        point = point with { Change = ChangeReader.Read(fields, point) };
        CheckMeaning(fields, point);
        CheckNumbers(fields, point);
        CheckKind(fields, point);
        CheckWritable(fields, point);
        fields.CheckUnknown();
        return point;
    }

    private static bool IsText(FieldReader fields) =>
        fields.Find("kind") is { ValueKind: JsonValueKind.String } kind
        && nameof(PointKind.Text).Equals(kind.GetString(), StringComparison.OrdinalIgnoreCase);

    private static ProfilePoint ReadPlace(FieldReader fields, ProfilePoint point, DeviceSpeech speech)
    {
        var protocol = speech.Of(fields);
        var (modbus, meter) = (protocol == DeviceProtocol.Modbus, protocol == DeviceProtocol.Dlt645);
        foreach (var name in ModbusOnly)
            fields.Check(modbus || (meter && name == "transformer") || fields.Find(name) is null, $"{name} belongs to Modbus points");
        foreach (var name in IdentifierReader.Fields)
            fields.Check(meter || fields.Find(name) is null, $"{name} belongs to DL/T 645 points");
        foreach (var name in PathReader.Fields)
            fields.Check(!(modbus || meter) || fields.Find(name) is null, $"{name} belongs to MQTT points");
        return protocol switch
        {
            DeviceProtocol.Modbus => RegisterReader.Read(fields, point, speech.FirstAddress),
            DeviceProtocol.Dlt645 => IdentifierReader.Read(fields, point, speech.Edition),
            DeviceProtocol.Sparkplug => PathReader.ReadMetric(fields, point),
            _ => PathReader.ReadMessage(fields, point),
        };
    }

    private static Dictionary<long, long>? ReadMap(FieldReader fields)
    {
        if (fields.Find("map") is not { } element)
            return null;
        var map = new Dictionary<long, long>();
        if (element.ValueKind != JsonValueKind.Object)
            return fields.Wrong<Dictionary<long, long>>("map", MapMistake);
        var sound = true;
        foreach (var entry in element.EnumerateObject())
        {
            sound &= long.TryParse(entry.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
                && entry.Value.ValueKind == JsonValueKind.Number
                && entry.Value.TryGetInt64(out var state)
                && map.TryAdd(code, state);
        }

        return sound && map.Count > 0 ? map : fields.Wrong<Dictionary<long, long>>("map", MapMistake);
    }

    private static void CheckMeaning(FieldReader fields, ProfilePoint point)
    {
        fields.Check(NamePattern().IsMatch(point.Name), $"name '{point.Name}' is not [port/]Quantity", "name");
        fields.Check(Media.Contains(point.Medium), $"medium is '{point.Medium}'; known are {string.Join(", ", Media)}", "medium");
        fields.Check(Units.Contains(point.Unit), $"unit is '{point.Unit}'; known are {string.Join(", ", Units)}", "unit");
        var amount = point.Medium == "air" && AirAmounts.Contains(point.Unit);
        fields.Check(!amount || fields.Has("state"), "state is missing: an amount of air names its reference state", "medium", "unit");
        fields.Check(amount || !fields.Has("state"), "state belongs to amounts of air (m3, m3/min)", "medium", "unit");
        var known = point.State is null || States.Contains(point.State);
        fields.Check(known, $"state is '{point.State}'; known are {string.Join(", ", States)}", "state");
    }

    private static void CheckNumbers(FieldReader fields, ProfilePoint point)
    {
        // The bounds keep every product of raw value, scale and ratio inside a decimal; no real map comes near them.
        var isBounded = true;
        void Bound(bool holds, string mistake, string field)
        {
            fields.Check(holds, mistake, field);
            isBounded &= holds;
        }

        Bound(point.Resolution is >= 0.000000001m and <= 1_000m, "resolution must be greater than 0: 1e-9 to 1e3", "resolution");
        Bound(Math.Abs(point.Scale) is >= 0.000000001m and <= 1_000_000m, "scale must not be 0: 1e-9 to 1e6 in size", "scale");
        Bound(point.Divide is >= 1m and <= 1_000_000m, "divide must be 1 to 1e6", "divide");
        Bound(Math.Abs(point.Offset) <= 1_000_000_000m, "offset must be -1e9 to 1e9", "offset");
        Bound(point.Modulus is null or > 0, "modulus must be greater than 0", "modulus");
        fields.Check(!(point.Minimum >= point.Maximum), "minimum must be below maximum", "minimum", "maximum");
        if (isBounded) CheckCounts(fields, point);
    }

    // What is multiplied or divided here must be bounded already.
    private static void CheckCounts(FieldReader fields, ProfilePoint point)
    {
        var largest = LargestCount * point.Resolution;
        foreach (var (name, value) in ((string, decimal?)[])
            [("minimum", point.Minimum), ("maximum", point.Maximum), ("modulus", point.Modulus)])
            fields.Check(!(Math.Abs(value ?? 0) > largest), $"{name} must be at most 1e15 resolutions", name, "resolution");
        if (point.Modulus is not { } modulus || modulus > largest) return;

        fields.Check(modulus % point.Resolution == 0, "modulus must be a whole number of resolutions", "modulus", "resolution");
        var isEndless = point.Path is not null || point.Type == PointType.Text || RegisterValue.IsFloat(point.Type);
        var width = point.Item?.Format.Width ?? (isEndless ? decimal.MaxValue : RegisterValue.Width(point));
        var shown = isEndless || modulus * point.Divide <= Math.Min(width, LargestWidth) * Math.Abs(point.Scale);
        fields.Check(shown, "modulus is more than the registers can show", "modulus", "divide", "scale", "type", "identifier", "format");
    }

    private static void CheckKind(FieldReader fields, ProfilePoint point)
    {
        var (register, state) = (point.Kind == PointKind.Register, point.Kind == PointKind.State);
        fields.Check(register || point.Modulus is null, "modulus belongs to registers", "kind", "modulus");
        fields.Check(state || !fields.Has("map"), "map belongs to states", "kind");
        fields.Check(state || !fields.Has("texts"), "texts belong to states", "kind");
        fields.Check(!fields.Has("map") || !fields.Has("texts"), "map and texts both say what the state is");
        var text = point.Kind == PointKind.Text;
        fields.Check(text == (point.Type == PointType.Text), "kind text and type text belong together", "kind", "type");
        fields.Check(state || point.Type != PointType.Bit, "a bit is a state", "kind", "type");
        if (!state && !text)
            return;

        fields.Check(!RegisterValue.IsFloat(point.Type), "a state cannot be a float", "kind", "type");
        var plain = point is { Resolution: 1, Scale: 1, Divide: 1, Offset: 0, Transformer: false, Unit: "1" };
        fields.Check(
            plain, $"a {(text ? "text" : "state")} has unit 1, resolution 1 and no scale, divide, offset or transformer",
            "kind", "unit", "resolution", "scale", "divide", "offset", "transformer");
        fields.Check(!text || point is { Minimum: null, Maximum: null }, "a text has no minimum or maximum", "minimum", "maximum");
    }

    private static void CheckWritable(FieldReader fields, ProfilePoint point)
    {
        if (!point.Writable)
            return;

        fields.Check(point.Table == RegisterTable.Holding, "writable belongs to holding registers", "table");
        fields.Check(point.Kind != PointKind.Register, "a register that counts cannot be writable", "kind");
        fields.Check(point.Bits is null, "a part of a register cannot be writable", "type", "bit", "bits", "byte");
        var bounded = point is { Minimum: not null, Maximum: not null };
        fields.Check(bounded, "a writable point needs minimum and maximum", "minimum", "maximum");
    }

    [GeneratedRegex("^([a-z0-9-]{1,32}/)?[A-Z][A-Za-z0-9]{0,47}\\z")]
    private static partial Regex NamePattern();
}
