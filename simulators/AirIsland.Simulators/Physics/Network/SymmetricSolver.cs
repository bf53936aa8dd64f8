namespace AirIsland.Simulators.Physics.Network;

/// <summary>
/// Solves A·x = b for one symmetric positive definite pattern again and again: elimination order (least neighbours first) and fill-in are
/// worked out once, so that a tree costs a few operations a node. No allocation after construction.
/// </summary>
internal sealed class SymmetricSolver
{
    private readonly int[] _order;
    private readonly int[] _start;
    private readonly int[] _row;
    private readonly int[] _target;
    private readonly int[] _targetStart;
    private readonly double[] _off;
    private readonly double[] _factor;
    private readonly Dictionary<(int, int), int> _slots = [];

    /// <param name="size">Unknowns.</param>
    /// <param name="pairs">Which of them meet; each pair once, in any order.</param>
    public SymmetricSolver(int size, IEnumerable<(int A, int B)> pairs)
    {
        Diagonal = new double[size];
        Right = new double[size];
        var neighbours = Enumerable.Range(0, size).Select(_ => new HashSet<int>()).ToArray();
        foreach (var (a, b) in pairs)
        {
            neighbours[a].Add(b);
            neighbours[b].Add(a);
        }
        var left = Enumerable.Range(0, size).ToHashSet();
        var columns = new List<(int Node, int[] Rows)>(size);
        while (left.Count > 0)
        {
            var node = left.MinBy(n => (neighbours[n].Count, n));
            var rows = neighbours[node].Order().ToArray();
            foreach (var a in rows)
            {
                neighbours[a].Remove(node);
                foreach (var b in rows.Where(b => b != a)) neighbours[a].Add(b);
            }
            columns.Add((node, rows));
            left.Remove(node);
        }
        _order = [.. columns.Select(c => c.Node)];
        _start = new int[size + 1];
        for (var k = 0; k < size; k++) _start[k + 1] = _start[k] + columns[k].Rows.Length;
        _row = [.. columns.SelectMany(c => c.Rows)];
        for (var k = 0; k < size; k++)
            for (var i = 0; i < columns[k].Rows.Length; i++) _slots[Pair(columns[k].Node, columns[k].Rows[i])] = _start[k] + i;
        var targets = new List<int>();
        _targetStart = new int[_row.Length];
        foreach (var (k, rows) in columns.Select((c, k) => (k, c.Rows)))
        {
            for (var i = 0; i < rows.Length; i++)
            {
                _targetStart[_start[k] + i] = targets.Count;
                for (var j = i + 1; j < rows.Length; j++) targets.Add(_slots[Pair(rows[i], rows[j])]);
            }
        }
        _target = [.. targets];
        _off = new double[_row.Length];
        _factor = new double[_row.Length];
    }

    /// <summary>Diagonal of A: filled anew before each <see cref="Solve"/>, which uses it up.</summary>
    public double[] Diagonal { get; }

    /// <summary>b before <see cref="Solve"/>, x after it.</summary>
    public double[] Right { get; }

    /// <summary>Elements beside the diagonal, by <see cref="Slot"/>; used up by <see cref="Solve"/>.</summary>
    public double[] OffDiagonal => _off;

    /// <summary>Where A[a,b] = A[b,a] lies in <see cref="OffDiagonal"/>.</summary>
    public int Slot(int a, int b) => _slots[Pair(a, b)];

    public void Solve()
    {
        for (var k = 0; k < _order.Length; k++)
        {
            var node = _order[k];
            var pivot = 1 / Diagonal[node];
            var right = Right[node];
            var end = _start[k + 1];
            for (var s = _start[k]; s < end; s++)
            {
                var factor = _off[s] * pivot;
                _factor[s] = factor;
                var row = _row[s];
                Diagonal[row] -= factor * _off[s];
                Right[row] -= factor * right;
                var target = _targetStart[s];
                for (var t = s + 1; t < end; t++) _off[_target[target++]] -= factor * _off[t];
            }
        }
        for (var k = _order.Length - 1; k >= 0; k--)
        {
            var node = _order[k];
            var x = Right[node] / Diagonal[node];
            for (var s = _start[k]; s < _start[k + 1]; s++) x -= _factor[s] * Right[_row[s]];
            Right[node] = x;
        }
    }

    private static (int, int) Pair(int a, int b) => a < b ? (a, b) : (b, a);
}
