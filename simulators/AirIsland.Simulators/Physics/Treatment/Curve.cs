namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>A data sheet's table, read in straight lines between its points and constant outside them.</summary>
internal sealed class Curve
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _slope;

    /// <param name="points">At least two, x rising.</param>
    public Curve(params (double X, double Y)[] points)
    {
        _x = new double[points.Length];
        _y = new double[points.Length];
        _slope = new double[points.Length - 1];
        for (var i = 0; i < points.Length; i++) (_x[i], _y[i]) = points[i];
        for (var i = 0; i < _slope.Length; i++) _slope[i] = (_y[i + 1] - _y[i]) / (_x[i + 1] - _x[i]);
    }

    public double At(double x)
    {
        if (x <= _x[0]) return _y[0];
        for (var i = 0; i < _slope.Length; i++)
            if (x < _x[i + 1]) return _y[i] + _slope[i] * (x - _x[i]);
        return _y[^1];
    }
}
