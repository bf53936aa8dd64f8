namespace AirIsland.Proto.Columns;

/// <summary>Makes a block out of what it is shown. Whole columns of a group share their rows, and the Good ones their qualities.</summary>
internal sealed class BlockCopy : IBlockVisitor
{
    private readonly List<BlockGroup> _groups = [];
    private readonly List<BlockGap> _gaps = [];
    private readonly List<BlockClockFix> _clockFixes = [];
    private List<BlockColumn> _columns = [];
    private int[] _everyRow = [];
    private byte[] _allGood = [];

    public DecodedBlock Done() => new(_groups, _gaps, _clockFixes);

    public void Group(string id, ReadOnlySpan<long> instants, BlockStamp? stamp)
    {
        _columns = [];
        _groups.Add(new(id, instants.ToArray(), _columns, stamp));
        if (_everyRow.Length != instants.Length) (_everyRow, _allGood) = ([], []);
    }

    public void Column(uint tag, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts, ReadOnlySpan<byte> qualities)
    {
        if (rows.Length != _groups[^1].Instants.Length)
        {
            _columns.Add(new(tag, rows.ToArray(), counts.ToArray(), qualities.ToArray()));
            return;
        }
        if (_everyRow.Length == 0) (_everyRow, _allGood) = (rows.ToArray(), new byte[rows.Length]);
        var isGood = qualities.IndexOfAnyExcept((byte)0) < 0;
        _columns.Add(new(tag, _everyRow, counts.ToArray(), isGood ? _allGood : qualities.ToArray()));
    }

    public void Gap(BlockGap gap) => _gaps.Add(gap);

    public void ClockFix(BlockClockFix fix) => _clockFixes.Add(fix);
}
