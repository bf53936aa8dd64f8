namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>The samples of one series while parts are merged.</summary>
internal sealed class MergedColumn
{
    private int[] _rows = new int[64];
    private long[] _counts = new long[64];
    private byte[] _qualities = new byte[64];
    private bool _isAscending = true;

    public int Length { get; private set; }

    /// <param name="samples">Of one part.</param>
    /// <param name="rowOf">Where each row of the part went; below zero: not here.</param>
    public void Add(ColumnSamples samples, int[] rowOf)
    {
        Room(samples.Length);
        for (var i = 0; i < samples.Length; i++)
        {
            var row = rowOf[samples.RowOf(i)];
            if (row < 0) continue;
            _isAscending &= Length == 0 || row > _rows[Length - 1];
            (_rows[Length], _counts[Length], _qualities[Length]) = (row, samples.Counts[i], samples.QualityOf(i));
            Length++;
        }
    }

    public ColumnSamples Close(int rowCount)
    {
        if (!_isAscending)
        {
            var order = Enumerable.Range(0, Length).ToArray();
            Array.Sort(_rows.AsSpan(0, Length).ToArray(), order);
            _rows = [.. order.Select(i => _rows[i])];
            _counts = [.. order.Select(i => _counts[i])];
            _qualities = [.. order.Select(i => _qualities[i])];
        }
        return new(Length, Length == rowCount ? null : _rows, _counts, _qualities);
    }

    private void Room(int more)
    {
        if (_rows.Length - Length >= more) return;
        var size = Math.Max(_rows.Length * 2, Length + more);
        Array.Resize(ref _rows, size);
        Array.Resize(ref _counts, size);
        Array.Resize(ref _qualities, size);
    }
}
