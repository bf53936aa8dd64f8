using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>Reads a whole profile, and every mistake in it at once.</summary>
internal static partial class ProfileReader
{
    private static readonly string[] ModbusOnly = ["base", "maxRegisters", "maxCoils", "maxGap"];
    private static readonly string[] MqttOnly = ["timestampPath", "timestampUnit", "bootPath", "uptimePath", "uptimeUnit"];
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(1);

    public static DeviceProfile Read(Stream json, string origin)
    {
        using var document = Parse(json, origin);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new ProfileException(origin, ["a JSON object is wanted"]);

        var mistakes = new List<string>();
        var fields = new FieldReader(document.RootElement, "", mistakes);
        var profile = ReadDevice(fields, mistakes);
        fields.CheckUnknown();
        return mistakes.Count == 0 ? profile : throw new ProfileException(origin, mistakes);
    }

    private static JsonDocument Parse(Stream json, string origin)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new ProfileException(origin, [$"is no JSON: {e.Message}"], e);
        }
    }

    private static DeviceProfile ReadDevice(FieldReader fields, List<string> mistakes)
    {
        var protocol = fields.Choice<DeviceProtocol>("protocol");
        var modbus = protocol == DeviceProtocol.Modbus;
        var profile = new DeviceProfile
        {
            Id = fields.RequiredText("id"),
            Name = fields.RequiredText("name"),
            Source = fields.RequiredText("source"),
            Protocol = protocol,
            MaxRegisters = fields.Whole("maxRegisters", 125, 2, 125),
            MaxCoils = fields.Whole("maxCoils", 2000, 1, 2000),
            MaxGap = fields.Whole("maxGap", 8, 0, 124),
            Edition = ReadEdition(fields, protocol),
            TimestampPath = fields.Text("timestampPath"),
            TimestampUnit = fields.Choice<TimestampUnit>("timestampUnit", TimestampUnit.Ms),
            BootPath = fields.Text("bootPath"),
            UptimePath = fields.Text("uptimePath"),
            UptimeUnit = fields.Choice<TimestampUnit>("uptimeUnit", TimestampUnit.Ms),
            Groups = ReadGroups(fields, mistakes),
            Points = [],
        };
        fields.Check(IdPattern().IsMatch(profile.Id), $"id '{profile.Id}' must be 1 to 32 of a-z, 0-9 and -", "id");
        foreach (var name in ModbusOnly)
            fields.Check(modbus || !fields.Has(name), $"{name} belongs to Modbus devices", "protocol");
        foreach (var name in MqttOnly)
            fields.Check(protocol == DeviceProtocol.MqttJson || !fields.Has(name), $"{name} belongs to MQTT devices", "protocol");
        CheckTimestamp(fields, profile);
        fields.Check(protocol == DeviceProtocol.Dlt645 || !fields.Has("edition"), "edition belongs to DL/T 645 devices", "protocol");
        var speech = new DeviceSpeech(fields.Sound("protocol") ? protocol : null, fields.Whole("base", 0, 0, 1), profile.Edition);
        var points = ReadPoints(fields, speech, mistakes);
        if (fields.Sound("groups"))
            CheckGroups(points, profile.Groups, mistakes);
        CheckNames(points, mistakes);
        if (modbus)
            PlaceRules.Check(profile, points, mistakes);
        else if (protocol == DeviceProtocol.MqttJson && fields.Sound("protocol"))
            TopicRules.Check(points, mistakes);
        else if (protocol == DeviceProtocol.Sparkplug && fields.Sound("protocol"))
            CheckMetrics(points, mistakes);
        CheckIdentifiers(points, mistakes);
        return profile with { Points = [.. points.Select(p => p.Point)] };
    }

    private static void CheckTimestamp(FieldReader fields, DeviceProfile profile)
    {
        var path = profile.TimestampPath;
        CheckPath("timestampPath", path);
        CheckPath("bootPath", profile.BootPath);
        CheckPath("uptimePath", profile.UptimePath);
        fields.Check(path is not null || !fields.Has("timestampUnit"), "timestampUnit needs a timestampPath", "timestampPath");
        fields.Check(
            profile.BootPath is null == profile.UptimePath is null && (path is not null || profile.BootPath is null),
            "bootPath and uptimePath need each other and a timestampPath", "bootPath");
        fields.Check(profile.UptimePath is not null || !fields.Has("uptimeUnit"), "uptimeUnit needs an uptimePath", "uptimePath");

        void CheckPath(string name, string? at) => fields.Check(
            at is null || (at.Length > 0 && JsonPath.TryParse(at, out _)), $"{name} '{at}' is no path like ts or data[0].ts", name);
    }

    private static DltEdition? ReadEdition(FieldReader fields, DeviceProtocol protocol)
    {
        if (fields.Number("edition") is { } year)
            return Enum.IsDefined((DltEdition)(int)Math.Clamp(year, 0, 9999)) && year == decimal.Truncate(year)
                ? (DltEdition)(int)year
                : fields.Wrong<DltEdition?>("edition", "must be 2007 or 1997");
        fields.Check(protocol != DeviceProtocol.Dlt645, "edition is missing: 2007 or 1997", "protocol", "edition");
        return null;
    }

    private static Dictionary<string, TimeSpan> ReadGroups(FieldReader fields, List<string> mistakes)
    {
        var groups = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        if (fields.Find("groups") is not { ValueKind: JsonValueKind.Object } element)
            return fields.Wrong<Dictionary<string, TimeSpan>>("groups", "must be an object of group name to period") ?? groups;
        foreach (var group in element.EnumerateObject())
        {
            var text = group.Value.ValueKind == JsonValueKind.String ? group.Value.GetString() : null;
            var sound = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var period)
                && period >= ShortestPeriod && period <= LongestPeriod;
            if (!sound)
                mistakes.Add($"groups: {group.Name} must be a period like \"00:00:01\", from 0.1 s to a day");
            if (!groups.TryAdd(group.Name, period))
                mistakes.Add($"groups: {group.Name} is given twice");
        }

        return groups;
    }

    private static List<PlacedPoint> ReadPoints(FieldReader fields, DeviceSpeech speech, List<string> mistakes)
    {
        var points = new List<PlacedPoint>();
        var element = fields.Find("points");
        if (element is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0)
        {
            fields.Wrong<string>("points", "must be a list with at least one point");
            return points;
        }

        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                mistakes.Add($"points[{index}] must be an object");
                continue;
            }

            var place = Place(item, index);
            var point = new FieldReader(item, place, mistakes);
            points.Add(new PlacedPoint(place, PointReader.Read(point, speech), point));
        }

        return points;
    }

    private static string Place(JsonElement item, int index) =>
        item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? $"points[{index}] {name.GetString()}"
            : $"points[{index}]";

    private static void CheckGroups(List<PlacedPoint> points, IReadOnlyDictionary<string, TimeSpan> groups, List<string> mistakes)
    {
        foreach (var group in points.Where(p => p.Fields.Sound("group")).GroupBy(p => p.Point.Group))
        {
            if (!groups.ContainsKey(group.Key))
                mistakes.Add($"groups: {group.Key} has no period, {group.First().Place} is in it");
            var kinds = group.Where(p => p.Fields.Sound("kind")).ToLookup(p => p.Point.Kind == PointKind.Register);
            if (kinds[false].Any())
                mistakes.AddRange(kinds[true].Select(p => $"{p.Place}: a register cannot share group {group.Key} with levels or states"));
        }
    }

    private static void CheckNames(List<PlacedPoint> points, List<string> mistakes)
    {
        var twice = points.Where(p => p.Fields.Sound("name")).GroupBy(p => p.Point.Name).Where(g => g.Skip(1).Any());
        mistakes.AddRange(twice.Select(g => $"points: {g.Key} is given {g.Count()} times"));
    }

    // A metric is one point.
    private static void CheckMetrics(List<PlacedPoint> points, List<string> mistakes)
    {
        foreach (var same in points.Where(p => p.Fields.Sound("path")).GroupBy(p => p.Point.Path))
            mistakes.AddRange(same.Skip(1).Select(p => $"{p.Place}: metric '{same.Key}' is {same.First().Place} already"));
    }

    // One request brings all numbers behind an identifier: each has one point, and all have one form.
    private static void CheckIdentifiers(List<PlacedPoint> points, List<string> mistakes)
    {
        var asked = points.Where(p => p.Point.Item is not null && p.Fields.Sound(IdentifierReader.Fields)).ToList();
        foreach (var same in asked.GroupBy(p => p.Point.Item?.Identifier))
        {
            foreach (var twice in same.GroupBy(p => p.Point.Index).Where(g => g.Skip(1).Any()))
                mistakes.Add($"{twice.Last().Place}: {same.Key} number {twice.Key} is {twice.First().Place} already");
            foreach (var other in same.Where(p => Digits(p) != Digits(same.First())))
                mistakes.Add($"{other.Place}: {same.Key} has another format at {same.First().Place}");
        }
    }

    private static DltFormat? Digits(PlacedPoint placed) => placed.Point.Item?.Format is { } format ? format with { Unit = "" } : null;

    [GeneratedRegex("^[a-z0-9-]{1,32}\\z")]
    private static partial Regex IdPattern();
}
