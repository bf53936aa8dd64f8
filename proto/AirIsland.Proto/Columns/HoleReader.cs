namespace AirIsland.Proto.Columns;

/// <summary>The absent samples of a group's table, in ascending order of their place in it: column × rows + row.</summary>
internal ref struct HoleReader
{
    private WireReader _steps;
    private long _next;

    public HoleReader(in GroupFields fields)
    {
        _steps = new(fields.Holes);
        _next = _steps.IsAtEnd ? long.MaxValue : (uint)_steps.Varint();
    }

    /// <summary>Whether there is one before that place.</summary>
    public readonly bool IsIn(long end) => _next < end;

    /// <summary>Whether it is the next one, and past it then.</summary>
    public bool Take(long place)
    {
        if (_next != place) return false;
        if (_steps.IsAtEnd) _next = long.MaxValue;
        else if ((uint)_steps.Varint() is var step and > 0) _next += step;
        else throw new InvalidDataException("a table has one hole twice");
        return true;
    }

    /// <exception cref="InvalidDataException">Some lie outside the table.</exception>
    public readonly void End(string group)
    {
        if (_next != long.MaxValue) throw new InvalidDataException($"group '{group}': a hole lies outside the table");
    }
}
