namespace AirIsland.Cloud.Export;

/// <summary>What was found in a file. Rows are numbered as an editor numbers lines that hold one row each: the heading is 1.</summary>
public sealed record ImportTally
{
    public long Rows { get; set; }

    /// <summary>Cells that became samples.</summary>
    public long Values { get; set; }

    /// <summary>Cells that say that nothing was measured.</summary>
    public long EmptyCells { get; set; }

    /// <summary>Cells that are no number, or none that fits; missing, by column.</summary>
    public SortedDictionary<string, BadCells> BadCells { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows whose time cannot be read, or that the clock never showed; left out.</summary>
    public BadCells? BadTimes { get; set; }

    /// <summary>Rows at a time that the clock showed twice; told apart by their order.</summary>
    public long AmbiguousTimes { get; set; }

    /// <summary>Rows earlier than the one before; stored where they belong.</summary>
    public long OutOfOrder { get; set; }

    /// <summary>Rows at the same instant as the one before with other values; both are stored.</summary>
    public long SameInstant { get; set; }

    /// <summary>Rows that repeat one at the same instant cell for cell; left out.</summary>
    public long DuplicateRows { get; set; }

    public void Bad(string column, long row, string text)
    {
        if (BadCells.TryGetValue(column, out var known)) known.Count++;
        else BadCells[column] = new(row, text);
    }

    public void BadTime(long row, string text)
    {
        if (BadTimes is { } known) known.Count++;
        else BadTimes = new(row, text);
    }
}
