namespace AirIsland.Edge.Metering;

/// <summary>
/// A formula over tags: <c>+ - * / × ÷</c>, parentheses, <c>min</c>, <c>max</c>, <c>abs</c>, <c>sqrt</c>, decimal numbers, and tags as
/// <c>{asset/[port/]Quantity}</c>. It computes and does nothing else.
/// </summary>
public sealed class Formula
{
    private readonly Func<double[], double> _root;

    internal Formula(string text, IReadOnlyList<string> inputs, Func<double[], double> root) =>
        (Text, Inputs, _root) = (text, inputs, root);

    public string Text { get; }

    /// <summary>The tags it names, each once, in the order of their first mention.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <exception cref="FormulaException">The text is no formula; the message says where.</exception>
    public static Formula Parse(string text) => new FormulaParser(text).Parse();

    /// <summary>
    /// The value of it, for the values of <see cref="Inputs"/> in their units. Not finite when there is none: a division by zero, the root
    /// of a negative number.
    /// </summary>
    public double Evaluate(double[] values) => _root(values);
}
