using System.Globalization;
using System.Text.Json;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// The fields of one JSON object, whose kind the caller has checked. A wrong field is noted and read as its default, so that one pass
/// finds every mistake; a rule that rests on a wrong field stays silent.
/// </summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly List<string> _mistakes;
    private readonly string _place;

    public FieldReader(JsonElement element, string place, List<string> mistakes)
    {
        (_place, _mistakes) = (place, mistakes);
        foreach (var field in element.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value))
                Note($"{field.Name} is given twice");
        }
    }

    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>Whether all of these fields were read without a mistake.</summary>
    public bool Sound(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_broken.Contains(name))
                return false;
        }

        return true;
    }

    /// <summary>Notes <paramref name="mistake"/> unless the rule holds or rests on a field that is wrong already.</summary>
    public void Check(bool holds, string mistake, params ReadOnlySpan<string> fields)
    {
        if (!holds && Sound(fields))
            Note(mistake);
    }

    public void CheckUnknown()
    {
        foreach (var name in _fields.Keys.Where(n => !_known.Contains(n)))
            Note($"{name} is no known field");
    }

    public string RequiredText(string name)
    {
        var text = Text(name);
        if (text is null && Sound(name))
            Wrong(name, "is missing");
        else if (text is not null && string.IsNullOrWhiteSpace(text))
            Wrong(name, "is empty");
        return text ?? "";
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } e => e.GetString(),
        _ => Wrong<string?>(name, "must be a text"),
    };

    public bool Flag(string name) => Find(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Wrong<bool>(name, "must be true or false"),
    };

    /// <summary>A decimal, as a number or as a text; never by way of a double.</summary>
    public decimal? Number(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } e when e.TryGetDecimal(out var number) => number,
        { ValueKind: JsonValueKind.String } e when Parse(e.GetString(), out var number) => number,
        _ => Wrong<decimal?>(name, "must be a decimal number"),
    };

    public decimal RequiredNumber(string name)
    {
        var number = Number(name);
        return number is null && Sound(name) ? Wrong<decimal>(name, "is missing") : number ?? 0;
    }

    /// <summary>A time like "00:00:01.5", within both ends; null when it is not there.</summary>
    public TimeSpan? Time(string name, TimeSpan shortest, TimeSpan longest)
    {
        if (Text(name) is not { } text) return null;
        var isTime = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time);
        if (isTime && time >= shortest && time <= longest) return time;
        return Wrong<TimeSpan?>(name, $"must be a time like \"00:00:01\", from {shortest:c} to {longest:c}");
    }

    public int Whole(string name, int otherwise, int minimum, int maximum)
    {
        if (!Has(name))
            return Note(name, otherwise);
        if (Number(name) is { } number && number == decimal.Truncate(number) && number >= minimum && number <= maximum)
            return (int)number;
        if (Sound(name))
            Wrong(name, $"must be a whole number from {minimum} to {maximum}");
        return otherwise;
    }

    /// <summary>One of an enum's names, in any case.</summary>
    public T Choice<T>(string name, T? otherwise = null)
        where T : struct, Enum
    {
        var text = Text(name);
        if (text is null)
            return otherwise ?? (Sound(name) ? Wrong<T>(name, "is missing") : default);
        var known = Array.Find(Enum.GetNames<T>(), n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return known is not null
            ? Enum.Parse<T>(known)
            : Wrong<T>(name, $"is '{text}'; known are {string.Join(", ", Enum.GetNames<T>())}");
    }

    public JsonElement? Find(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out var element) ? element : null;
    }

    public T? Wrong<T>(string name, string mistake)
    {
        Wrong(name, mistake);
        return default;
    }

    private static bool Parse(string? text, out decimal number) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private int Note(string name, int otherwise)
    {
        _known.Add(name);
        return otherwise;
    }

    private void Wrong(string name, string mistake)
    {
        _broken.Add(name);
        Note($"{name} {mistake}");
    }

    private void Note(string mistake) => _mistakes.Add(_place.Length == 0 ? mistake : $"{_place}: {mistake}");
}
