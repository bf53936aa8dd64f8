using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace AirIsland.Simulators.Replay.Tables;

/// <summary>A Parquet file. In memory is one row group at a time, and of it only the columns that are wanted.</summary>
public sealed class ParquetTable : ITable
{
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly HashSet<string> _wanted;
    private readonly Func<int, string>?[] _cells;
    private int _group = -1;
    private int _row;
    private int _rows;

    private ParquetTable(ParquetReader reader, IReadOnlyCollection<string> wanted)
    {
        (_reader, _wanted, _fields) = (reader, [.. wanted], reader.Schema.GetDataFields());
        Columns = [.. _fields.Select(field => field.Path.ToString())];
        _cells = new Func<int, string>?[_fields.Length];
    }

    public IReadOnlyList<string> Columns { get; }

    public long Line { get; private set; }

    public string? Flaw => null;

    /// <exception cref="IOException">The file cannot be opened, or is no Parquet file.</exception>
    public static async Task<ParquetTable> OpenAsync(string path, IReadOnlyCollection<string> wanted, CancellationToken cancellationToken)
    {
        try
        {
            return new(await ParquetReader.CreateAsync(path, null, cancellationToken), wanted);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new IOException($"{path} is no Parquet file: {e.Message}", e);
        }
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _row++;
        while (_row >= _rows)
        {
            if (++_group >= _reader.RowGroupCount) return false;
            await LoadAsync(cancellationToken);
        }
        Line++;
        return true;
    }

    public string Cell(int column) => _cells[column]?.Invoke(_row) ?? "";

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private async Task LoadAsync(CancellationToken ct)
    {
        try
        {
            using var group = _reader.OpenRowGroupReader(_group);
            (_row, _rows) = (0, checked((int)group.RowCount));
            for (var i = 0; i < _fields.Length; i++)
                if (_wanted.Contains(Columns[i])) _cells[i] = await ColumnAsync(group, _fields[i], _rows, ct);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new IOException($"row group {_group + 1} cannot be read: {e.Message}", e);
        }
    }

    private static Task<Func<int, string>> ColumnAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken ct)
    {
        var type = field.ClrType;
        return type == typeof(double) ? NumbersAsync<double>(group, field, rows, ct)
            : type == typeof(float) ? NumbersAsync<float>(group, field, rows, ct)
            : type == typeof(decimal) ? NumbersAsync<decimal>(group, field, rows, ct)
            : type == typeof(long) ? NumbersAsync<long>(group, field, rows, ct)
            : type == typeof(int) ? NumbersAsync<int>(group, field, rows, ct)
            : type == typeof(short) ? NumbersAsync<short>(group, field, rows, ct)
            : type == typeof(ulong) ? NumbersAsync<ulong>(group, field, rows, ct)
            : type == typeof(uint) ? NumbersAsync<uint>(group, field, rows, ct)
            : type == typeof(DateTime) ? InstantsAsync(group, field, rows, ct)
            : type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? TextsAsync(group, field, rows, ct)
            : throw new NotSupportedException($"column '{field.Name}' holds {type.Name}: numbers, timestamps and texts can be replayed");
    }

    private static async Task<Func<int, string>> NumbersAsync<T>(
        ParquetRowGroupReader group, DataField field, int rows, CancellationToken ct)
        where T : struct, IFormattable
    {
        var values = await ValuesAsync<T>(group, field, rows, ct);
        return row => values[row]?.ToString(null, CultureInfo.InvariantCulture) ?? "";
    }

    private static async Task<Func<int, string>> InstantsAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken ct)
    {
        var values = await ValuesAsync<DateTime>(group, field, rows, ct);
        // What is not adjusted to UTC is a local clock, and needs the description's zone.
        var mark = field is DateTimeDataField { IsAdjustedToUTC: false } ? "" : "Z";
        return row => values[row] is { } value ? value.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + mark : "";
    }

    private static async Task<Func<int, string>> TextsAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken ct)
    {
        var values = new string?[rows];
        await group.ReadAsync(field, values.AsMemory()!, null, ct);
        return row => values[row]?.Trim() ?? "";
    }

    private static async Task<T?[]> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, int rows, CancellationToken ct)
        where T : struct
    {
        var values = new T?[rows];
        if (field.IsNullable)
        {
            await group.ReadAsync(field, values.AsMemory(), null, ct);
            return values;
        }
        var present = new T[rows];
        await group.ReadAsync(field, present.AsMemory(), null, ct);
        for (var row = 0; row < rows; row++) values[row] = present[row];
        return values;
    }

    // The library says what is wrong with a file by exceptions of many kinds.
    private static bool IsUnreadable(Exception e) => e is not (OperationCanceledException or OutOfMemoryException);
}
