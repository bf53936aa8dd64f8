using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// Reads what a point of a DL/T 645 meter is asked for by: a data identifier, which number behind it, and the form of its digits where the
/// table of identifiers does not know it.
/// </summary>
internal static class IdentifierReader
{
    // More numbers than a frame holds with two digits each are in no block.
    private const int LastIndex = 99;

    public static readonly string[] Fields = ["identifier", "index", "format"];

    public static ProfilePoint Read(FieldReader fields, ProfilePoint point, DltEdition? edition)
    {
        var text = fields.RequiredText("identifier");
        var index = fields.Whole("index", 0, 0, LastIndex);
        var format = ReadFormat(fields, point.Unit);
        var placed = point with { Index = index, Transformer = fields.Flag("transformer") };
        if (!fields.Sound("identifier"))
            return placed;
        if (!DltIdentifier.TryParse(text, out var identifier))
            return Wrong(fields, placed, $"is '{text}'; it has eight hexadecimal digits (2007) or four (1997)");
        if (edition is { } spoken && identifier.Edition != spoken)
            return Wrong(fields, placed, $"{text} is of edition {(int)identifier.Edition}, the meter speaks {(int)spoken}");
        var known = DltItems.Find(identifier);
        if (known is null && format is null)
        {
            return fields.Has("format")
                ? placed
                : Wrong(fields, placed, $"{text} is not in the table; it needs a format, like \"XXXXXX.XX\"");
        }

        var item = format is null ? known : Own(identifier, format, known, fields.Has("index"), point.Name);
        Check(fields, placed, item, known is not null && format is null);
        return placed with { Item = item };
    }

    private static ProfilePoint Wrong(FieldReader fields, ProfilePoint point, string mistake)
    {
        fields.Wrong<string>("identifier", mistake);
        return point;
    }

    // A digit is X; a minus before them says that the top bit is one.
    private static DltFormat? ReadFormat(FieldReader fields, string unit)
    {
        if (fields.Text("format") is not { } text)
            return null;
        return DltFormat.TryParse(text, unit, out var format)
            ? format
            : fields.Wrong<DltFormat>("format", $"is '{text}'; it is like \"XXXXXX.XX\" or \"-XX.XXXX\", 2 to 16 X, an even number");
    }

    // Of a block that the table does not know, nobody knows how many numbers it has.
    private static DltItem Own(DltIdentifier identifier, DltFormat format, DltItem? known, bool isBlock, string name)
    {
        var members = known?.Members ?? (isBlock ? [.. Enumerable.Repeat(identifier, LastIndex + 1)] : [identifier]);
        return new DltItem(identifier, known?.Name ?? name, format, members, "the profile");
    }

    private static void Check(FieldReader fields, ProfilePoint point, DltItem? item, bool isKnown)
    {
        if (item is null)
            return;
        var (identifier, count) = (item.Identifier, item.Members.Count);
        fields.Check(point.Index < count, $"index is {point.Index}, behind {identifier} are {count} numbers", "index");
        var isPlain = point is { Scale: 1, Divide: 1 };
        fields.Check(
            !isKnown || !isPlain || item.Format.Unit == point.Unit, $"unit is {point.Unit}, {identifier} is in {item.Format.Unit}",
            "unit", "scale", "divide");
    }
}
