namespace AirIsland.Simulators.Replay.Tables;

/// <summary>The rows of a file, one after the other; holds only what it needs for the row it stands on.</summary>
public interface ITable : IAsyncDisposable
{
    IReadOnlyList<string> Columns { get; }

    /// <summary>Line of the row in the file, from 1, the header counted; in Parquet the row's number, from 1.</summary>
    long Line { get; }

    /// <summary>Why the row cannot be used as a row; null: it can.</summary>
    string? Flaw { get; }

    /// <summary>Goes to the next row; false: there is none.</summary>
    /// <exception cref="IOException">The file cannot be read on.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The text of a cell, trimmed; empty where the file has none.</summary>
    string Cell(int column);
}
