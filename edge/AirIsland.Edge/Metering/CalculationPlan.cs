namespace AirIsland.Edge.Metering;

/// <summary>The calculated tags of a site in an order in which each comes after those that it needs.</summary>
internal static class CalculationPlan
{
    /// <summary>First part of the scan groups of calculated tags; no device has that name.</summary>
    public const string Device = "calculated";

    /// <summary>
    /// Every mistake in them, each named by its setting. <paramref name="measured"/>: <c>asset/[port/]Quantity</c> of all others.
    /// </summary>
    public static IEnumerable<string> Mistakes(string section, IReadOnlyList<CalculatedOptions> calculated, IReadOnlySet<string> measured)
    {
        var known = measured.Concat(calculated.Select(NameOf)).ToHashSet(StringComparer.Ordinal);
        foreach (var (i, options) in calculated.Index())
        {
            var at = $"{section}:{i}";
            if (options.Resolution is <= 0 or > 1000) yield return $"{at}:Resolution {options.Resolution} is not between 0 and 1000";
            if (string.IsNullOrWhiteSpace(options.Unit)) yield return $"{at}:Unit is empty";
            if (string.IsNullOrWhiteSpace(options.Medium)) yield return $"{at}:Medium is empty";
            if (options.MaxAge < TimeSpan.Zero || options.MaxAge > TimeSpan.FromHours(1))
                yield return $"{at}:MaxAge {options.MaxAge} is not between 0 and 1 hour";
            if (measured.Contains(NameOf(options))) yield return $"{at}: {NameOf(options)} is measured already";
            var (formula, mistake) = Read(options.Expression);
            if (mistake is not null) yield return $"{at}:Expression {mistake}";
            if (formula is { Inputs.Count: 0 }) yield return $"{at}:Expression names no tag";
            foreach (var unknown in formula?.Inputs.Where(n => !known.Contains(n)) ?? [])
                yield return $"{at}:Expression names {unknown}, which is no tag of the station";
        }
        foreach (var twice in calculated.GroupBy(NameOf).Where(g => g.Count() > 1)) yield return $"{section}: {twice.Key} is given twice";
        if (Order(calculated).Cycle is { Count: > 0 } cycle) yield return $"{section}: {string.Join(", ", cycle)} need each other";
    }

    /// <summary>In order, and those that cannot be ordered because they need each other.</summary>
    public static (IReadOnlyList<CalculatedOptions> Ordered, IReadOnlyList<string> Cycle) Order(IReadOnlyList<CalculatedOptions> calculated)
    {
        var open = calculated.Select(c => (Options: c, Inputs: Read(c.Expression).Formula?.Inputs ?? [])).ToList();
        var ordered = new List<CalculatedOptions>(open.Count);
        while (open.Count > 0)
        {
            var names = open.Select(o => NameOf(o.Options)).ToHashSet(StringComparer.Ordinal);
            var ready = open.Where(o => !o.Inputs.Any(names.Contains)).ToList();
            if (ready.Count == 0) return (ordered, [.. names.Order(StringComparer.Ordinal)]);
            ordered.AddRange(ready.Select(r => r.Options));
            open.RemoveAll(ready.Contains);
        }
        return (ordered, []);
    }

    public static string NameOf(CalculatedOptions options) => $"{options.Asset}/{options.Name}";

    public static TagDeclaration Declare(string station, CalculatedOptions options) => new()
    {
        Id = $"{station}/{NameOf(options)}",
        Kind = Fieldbus.Profiles.PointKind.Level,
        Medium = options.Medium,
        Unit = options.Unit,
        Resolution = options.Resolution,
        ReferenceState = options.State,
        Group = $"{Device}/{NameOf(options)}",
        Source = $"{Device}: {options.Expression}",
    };

    private static (Formula? Formula, string? Mistake) Read(string expression)
    {
        try
        {
            return (Formula.Parse(expression), null);
        }
        catch (FormulaException e)
        {
            return (null, $"'{expression}' is no formula, {e.Message}");
        }
    }
}
