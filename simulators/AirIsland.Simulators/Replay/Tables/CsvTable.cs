using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace AirIsland.Simulators.Replay.Tables;

/// <summary>A CSV file. One row is one line: a cell with a line break in it is a bad row, not a trap for the rows after it.</summary>
public sealed class CsvTable : ITable
{
    private readonly CsvParser _parser;

    private CsvTable(CsvParser parser, string[] columns) => (_parser, Columns) = (parser, columns);

    public IReadOnlyList<string> Columns { get; }

    public long Line => _parser.RawRow;

    public string? Flaw { get; private set; }

    /// <param name="path">The file.</param>
    /// <param name="description">How it is written.</param>
    /// <param name="blanked">Told the lines that could not even be cut into cells.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="ReplayException">It has no line with column names.</exception>
    public static CsvTable Open(string path, ReplayDescription description, Action<long, string> blanked)
    {
        ArgumentNullException.ThrowIfNull(description);
        var text = new StreamReader(path, CodePagesEncodingProvider.Instance.GetEncoding(description.Encoding)
            ?? Encoding.GetEncoding(description.Encoding), detectEncodingFromByteOrderMarks: true);
        var lines = new LineGuard(text, description.Separator, description.SkipLines, blanked);
        var parser = new CsvParser(lines, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = description.Separator.ToString(),
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
        });
        if (parser.Read()) return new(parser, parser.Record ?? []);
        parser.Dispose();
        throw new ReplayException(path, ["has no line with column names"]);
    }

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_parser.Read()) return ValueTask.FromResult(false);
        // Some loggers end each line with a separator.
        var cells = _parser.Count;
        while (cells > Columns.Count && _parser[cells - 1].Length == 0) cells--;
        Flaw = cells == Columns.Count ? null : $"has {_parser.Count} cells, {Columns.Count} are wanted";
        return ValueTask.FromResult(true);
    }

    public string Cell(int column) => _parser[column];

    public ValueTask DisposeAsync()
    {
        _parser.Dispose();
        return ValueTask.CompletedTask;
    }
}
