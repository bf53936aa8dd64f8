using AirIsland.Domain.Metering;

namespace AirIsland.Cloud.Export;

/// <summary>
/// One column of a file that becomes a tag: value = cell × <see cref="Factor"/> + <see cref="Offset"/> in <see cref="Unit"/>, rounded
/// half to even to <see cref="Resolution"/>.
/// </summary>
public sealed record ImportColumn
{
    /// <summary>The column's heading in the file, letter for letter.</summary>
    public string Column { get; init; } = "";

    /// <summary>Tag without its station: <c>asset[/port]/Quantity</c>.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Level, Register or State. Default Level.</summary>
    public TagKind Kind { get; init; } = TagKind.Level;

    /// <summary>air, water, electricity, heat, ambient, machine.</summary>
    public string Medium { get; init; } = "";

    /// <summary>UCUM code of the tag's unit, after factor and offset.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Smallest step of the tag, above zero.</summary>
    public decimal Resolution { get; init; }

    /// <summary>Air volumes and flows only: FAD, Normal, Standard20.</summary>
    public string ReferenceState { get; init; } = "";

    /// <summary>From the file's unit to the tag's, not zero. Default 1.</summary>
    public decimal Factor { get; init; } = 1;

    /// <summary>Added after the factor, in the tag's unit. Default 0.</summary>
    public decimal Offset { get; init; }

    /// <summary>Registers: the count at which the meter starts again from zero.</summary>
    public long? Modulus { get; init; }

    public string MeterSerial { get; init; } = "";

    /// <summary>The tag at a station.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public Tag TagAt(string station) => new(TagId.Parse($"{station}/{Tag}"), Kind, Medium, Unit, Resolution)
    {
        State = ReferenceState.Length == 0 ? null : Quantities.ReferenceState.Parse(ReferenceState),
        Modulus = Modulus,
        MeterSerial = MeterSerial,
    };

    /// <summary>The count of a cell's number; null when no count can hold it.</summary>
    public long? CountOf(decimal cell)
    {
        try
        {
            var steps = Math.Round(((cell * Factor) + Offset) / Resolution, MidpointRounding.ToEven);
            return steps is >= long.MinValue and <= long.MaxValue ? (long)steps : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with it, if anything.</summary>
    public IEnumerable<string> Mistakes()
    {
        var name = $"column '{Column}'";
        if (Column.Length == 0) yield return "a column has no heading (\"column\")";
        if (Fault() is { } fault) yield return $"{name}: {fault}";
        if (!Enum.IsDefined(Kind)) yield return $"{name}: kind {(int)Kind} is not Level, Register or State";
        if (Resolution <= 0) yield return $"{name}: resolution {Resolution} is not above zero";
        if (Factor == 0) yield return $"{name}: factor is zero";
        if (Unit.Length == 0) yield return $"{name}: unit is missing (1 for none)";
        if (Modulus is not null && Kind != TagKind.Register) yield return $"{name}: only a register has a modulus";
    }

    private string? Fault()
    {
        try
        {
            _ = TagAt("x");
            return null;
        }
        catch (FormatException)
        {
            return $"'{Tag}' is no asset[/port]/Quantity, or '{ReferenceState}' no reference state";
        }
    }
}
