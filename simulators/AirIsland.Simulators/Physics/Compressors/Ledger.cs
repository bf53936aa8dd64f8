using System.Runtime.InteropServices;

namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// Sums over many steps, seen as a struct of doubles. The sums of the last thousand steps are carried over to the long sums, so that
/// rounding stays below 1e-11 of the total over a year of seconds.
/// </summary>
internal sealed class Ledger(int count)
{
    private const int StepsToSettle = 1024;

    private readonly double[] _recent = new double[count];
    private readonly double[] _settled = new double[count];
    private int _steps;

    /// <summary>The sums that the step adds to.</summary>
    public ref T Begin<T>() where T : struct
    {
        if (++_steps == StepsToSettle)
        {
            _steps = 0;
            for (var i = 0; i < count; i++)
            {
                _settled[i] += _recent[i];
                _recent[i] = 0;
            }
        }
        return ref MemoryMarshal.Cast<double, T>(_recent.AsSpan())[0];
    }

    public T Read<T>() where T : struct
    {
        Span<double> total = stackalloc double[count];
        for (var i = 0; i < count; i++) total[i] = _settled[i] + _recent[i];
        return MemoryMarshal.Cast<double, T>(total)[0];
    }
}
