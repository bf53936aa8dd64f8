namespace AirIsland.Simulators.Replay.Tables;

/// <summary>Opens the table of a replay, whichever way it is written.</summary>
public static class TableFile
{
    /// <param name="description">Which file, and how it is written.</param>
    /// <param name="wanted">The columns that will be asked for.</param>
    /// <param name="blanked">Told the lines that could not even be cut into cells.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="ReplayException">It is not there, or lacks a wanted column.</exception>
    public static async Task<ITable> OpenAsync(
        ReplayDescription description, IReadOnlyCollection<string> wanted, Action<long, string> blanked,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(description);
        var path = description.File;
        if (!File.Exists(path)) throw new ReplayException(path, ["there is no such file"]);
        ITable table = IsParquet(description)
            ? await ParquetTable.OpenAsync(path, wanted, cancellationToken)
            : CsvTable.Open(path, description, blanked);
        var mistakes = Mistakes(table, wanted).ToList();
        if (mistakes.Count == 0) return table;
        await table.DisposeAsync();
        throw new ReplayException(path, mistakes);
    }

    private static bool IsParquet(ReplayDescription description) => description.Format == TableFormat.Parquet
        || (description.Format == TableFormat.ByName && description.File.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Mistakes(ITable table, IReadOnlyCollection<string> wanted)
    {
        var there = string.Join(", ", table.Columns.Select(column => $"'{column}'"));
        foreach (var column in wanted)
            switch (table.Columns.Count(name => name == column))
            {
                case 0:
                    yield return $"there is no column '{column}'; there are {there}";
                    break;
                case > 1:
                    yield return $"column '{column}' is there more than once";
                    break;
            }
    }
}
