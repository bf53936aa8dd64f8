using System.Globalization;

namespace AirIsland.Edge.Metering;

/// <summary>Reads a formula by recursive descent. Use once.</summary>
internal sealed class FormulaParser(string text)
{
    private const int LongestText = 1000;
    private const int DeepestNesting = 50;

    private readonly List<string> _inputs = [];
    private int _at, _depth;

    public Formula Parse()
    {
        if (text.Length > LongestText) throw Wrong($"more than {LongestText} characters");
        var root = Sum();
        if (Next() is { } rest) throw Wrong($"'{rest}' was not expected");
        return new(text, _inputs, root);
    }

    private Func<double[], double> Sum()
    {
        var left = Product();
        while (Next() is '+' or '-' or '−')
        {
            var (isSum, before) = (text[_at++] == '+', left);
            var right = Product();
            left = isSum ? v => before(v) + right(v) : v => before(v) - right(v);
        }
        return left;
    }

    private Func<double[], double> Product()
    {
        var left = Factor();
        while (Next() is '*' or '/' or '×' or '÷')
        {
            var (isProduct, before) = (text[_at++] is '*' or '×', left);
            var right = Factor();
            left = isProduct ? v => before(v) * right(v) : v => before(v) / right(v);
        }
        return left;
    }

    private Func<double[], double> Factor()
    {
        if (++_depth > DeepestNesting) throw Wrong($"nested deeper than {DeepestNesting}");
        try
        {
            return Next() switch
            {
                null => throw Wrong("the end was not expected"),
                '-' or '−' => Negative(),
                '(' => Parenthesis(),
                '{' => Tag(),
                >= '0' and <= '9' or '.' => Number(),
                >= 'a' and <= 'z' => Call(),
                var other => throw Wrong($"'{other}' was not expected"),
            };
        }
        finally
        {
            _depth--;
        }
    }

    private Func<double[], double> Negative()
    {
        _at++;
        var value = Factor();
        return v => -value(v);
    }

    private Func<double[], double> Parenthesis()
    {
        _at++;
        var inside = Sum();
        Expect(')');
        return inside;
    }

    private Func<double[], double> Tag()
    {
        var end = text.IndexOf('}', _at);
        if (end < 0) throw Wrong("the tag has no '}'");
        var name = text[(_at + 1)..end].Trim();
        if (name.Length == 0) throw Wrong("the tag has no name");
        _at = end + 1;
        var index = _inputs.IndexOf(name);
        if (index < 0)
        {
            index = _inputs.Count;
            _inputs.Add(name);
        }
        return v => v[index];
    }

    private Func<double[], double> Number()
    {
        var from = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
        if (double.TryParse(text.AsSpan(from, _at - from), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return _ => number;
        throw new FormulaException(from + 1, $"'{text[from.._at]}' is no number");
    }

    private Func<double[], double> Call()
    {
        var from = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at])) _at++;
        var name = text[from.._at];
        var arity = name switch { "min" or "max" => 2, "abs" or "sqrt" => 1, _ => 0 };
        if (arity == 0) throw new FormulaException(from + 1, $"'{name}' is not known; known are min, max, abs, sqrt, and tags in braces");
        Expect('(');
        var first = Sum();
        if (arity == 1)
        {
            Expect(')');
            return name == "abs" ? v => Math.Abs(first(v)) : v => Math.Sqrt(first(v));
        }
        do
        {
            Expect(',');
            var (before, next) = (first, Sum());
            first = name == "min" ? v => Math.Min(before(v), next(v)) : v => Math.Max(before(v), next(v));
        }
        while (Next() == ',');
        Expect(')');
        return first;
    }

    private void Expect(char wanted)
    {
        var next = Next();
        if (next != wanted) throw Wrong($"'{wanted}' was expected{(next is { } other ? $", not '{other}'" : "")}");
        _at++;
    }

    private char? Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return _at < text.Length ? text[_at] : null;
    }

    private FormulaException Wrong(string mistake) => new(_at + 1, mistake);
}
