namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// <see cref="IdealWork.Head"/> by linear interpolation, for the hot loop: ratio 1 to 17 in steps of 1/64, off by less than 1e-5 of the
/// head above a ratio of 2; beyond the table it is exact.
/// </summary>
internal sealed class HeadTable
{
    private const int PerUnit = 64;
    private const int Count = 16 * PerUnit;

    private static readonly HeadTable[] Tables = [new(1), new(2), new(3)];

    private readonly double[] _heads = new double[Count + 1];
    private readonly int _stages;

    private HeadTable(int stages)
    {
        _stages = stages;
        for (var i = 0; i <= Count; i++) _heads[i] = IdealWork.Head(1 + (double)i / PerUnit, stages);
    }

    public static HeadTable Of(int stages) => Tables[stages - 1];

    /// <param name="ratio">p₂/p₁, at least 1.</param>
    public double At(double ratio)
    {
        var place = (ratio - 1) * PerUnit;
        var cell = (int)place;
        var heads = _heads;
        if ((uint)cell >= Count) return IdealWork.Head(ratio, _stages);
        return heads[cell] + (place - cell) * (heads[cell + 1] - heads[cell]);
    }
}
