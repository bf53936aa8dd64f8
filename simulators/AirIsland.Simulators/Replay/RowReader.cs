using System.Globalization;
using AirIsland.Simulators.Replay.Tables;

namespace AirIsland.Simulators.Replay;

/// <summary>
/// The usable rows of a table, in the order of time. Two rows may be of one instant. A row that goes back is left out; when it is rather
/// the row before it that leapt ahead of both its neighbours, that one is.
/// </summary>
public sealed class RowReader
{
    private const NumberStyles Style = NumberStyles.Float;

    private readonly ITable _table;
    private readonly ReplayPlan _plan;
    private readonly InputReport _report;
    private readonly int _time;
    private readonly int[] _columns;
    private readonly NumberFormatInfo _numbers;
    private readonly HashSet<string> _missing;
    private ReplayRow? _next;
    private DateTimeOffset? _last;

    public RowReader(ITable table, ReplayPlan plan, InputReport report)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(plan);
        (_table, _plan, _report) = (table, plan, report);
        var columns = table.Columns.Index().ToDictionary(column => column.Item, column => column.Index);
        _time = columns[plan.Description.Time.Column];
        _columns = [.. plan.Sources.Select(source => columns[source.From.Column ?? ""])];
        _numbers = new() { NumberDecimalSeparator = plan.Description.DecimalMark.ToString() };
        _missing = new(plan.Description.Missing, StringComparer.OrdinalIgnoreCase) { "" };
    }

    /// <summary>Null: there is no further row.</summary>
    /// <exception cref="IOException">The file cannot be read on.</exception>
    public async ValueTask<ReplayRow?> NextAsync(CancellationToken cancellationToken)
    {
        var row = _next ?? await UsableAsync(cancellationToken);
        while (row is not null && (_next = await UsableAsync(cancellationToken)) is { } next && next.Instant < row.Instant)
            if (_last is null || next.Instant >= _last)
            {
                _report.Row(row.Line, $"{row.Instant:u} is ahead of the rows around it");
                row = next;
            }
            else _report.Row(next.Line, $"{next.Instant:u} goes back behind {row.Instant:u}");
        _last = row?.Instant;
        return row;
    }

    private async ValueTask<ReplayRow?> UsableAsync(CancellationToken ct)
    {
        while (await _table.ReadAsync(ct))
        {
            ct.ThrowIfCancellationRequested();
            var flaw = _table.Flaw;
            if (flaw is null && _plan.Time.Read(_table.Cell(_time), _last, out flaw) is { } instant)
                return new(_table.Line, instant, Values());
            _report.Row(_table.Line, flaw);
        }
        return null;
    }

    private decimal?[] Values()
    {
        var values = new decimal?[_columns.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Value(_table.Cell(_columns[i]), _plan.Sources[i]);
        return values;
    }

    private decimal? Value(string cell, PointSource source)
    {
        if (_missing.Contains(cell)) return null;
        var flaw = $"'{cell}' is no number";
        if (decimal.TryParse(cell, Style, _numbers, out var number) && source.Engineering(number, out flaw) is { } value) return value;
        _report.Cell(_table.Line, source.From.Column ?? "", flaw);
        return null;
    }
}
