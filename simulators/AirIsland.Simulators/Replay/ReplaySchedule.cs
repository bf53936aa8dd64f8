namespace AirIsland.Simulators.Replay;

/// <summary>
/// Where rows lie on the clock: a row's distance from the beginning, pass after pass, divided by the speed. The first row of a further
/// pass follows the last one at the distance that the last two had.
/// </summary>
/// <param name="speed">Of the replay.</param>
/// <param name="begin">The beginning; null: the first row.</param>
public sealed class ReplaySchedule(ReplaySpeed speed, DateTimeOffset? begin)
{
    // Between two passes of a file whose rows are all of one instant.
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(1);

    private DateTimeOffset? _begin = begin;
    private DateTimeOffset? _last;
    private TimeSpan _step = ShortestStep;
    private TimeSpan _passes;

    /// <summary>Time of the file from the very beginning to this row, the passes before counted. To be called row by row.</summary>
    public TimeSpan Position(DateTimeOffset row)
    {
        _begin ??= row;
        if (_last is { } last && row > last) _step = row - last;
        _last = row;
        return _passes + (row - _begin.Value);
    }

    /// <summary>Time of the clock from the start until a position is due; zero when as fast as possible.</summary>
    public TimeSpan Due(TimeSpan position) => speed.Factor is { } factor ? position / factor : TimeSpan.Zero;

    /// <summary>The file begins again.</summary>
    public void Again()
    {
        if (_last is { } last && _begin is { } begin) _passes += last - begin + _step;
        _last = null;
    }
}
