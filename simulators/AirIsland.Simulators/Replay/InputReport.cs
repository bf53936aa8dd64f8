using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Replay;

/// <summary>What was wrong in a file: all of it counted, the first hundred named by line. Nothing of it ends a replay.</summary>
public sealed partial class InputReport(string file, ILogger logger)
{
    /// <summary>So many are named; a file that is bad throughout does not fill the disk with words.</summary>
    public const int MostNamed = 100;

    /// <summary>Rows that were left out whole.</summary>
    public long BadRows { get; private set; }

    /// <summary>Cells that hold no usable value, in rows that were given. Empty ones are not bad.</summary>
    public long BadCells { get; private set; }

    public void Row(long line, string why)
    {
        BadRows++;
        if (MayName()) LogBadRow(file, line, why);
    }

    public void Cell(long line, string column, string why)
    {
        BadCells++;
        if (MayName()) LogBadCell(file, line, column, why);
    }

    private bool MayName()
    {
        var found = BadRows + BadCells;
        if (found == MostNamed + 1) LogEnough(file, MostNamed);
        return found <= MostNamed;
    }
}
