namespace AirIsland.Simulators.Validation;

/// <summary>The cell of GB 19153-2019 that holds for a machine: limits of the three grades, kW/(m³/min), lower is better.</summary>
/// <param name="Table">1, 2 or 3.</param>
/// <param name="MotorKilowatts">The motor size of its row.</param>
/// <param name="Grade1">Best.</param>
/// <param name="Grade2">Between.</param>
/// <param name="Grade3">What may be sold at all.</param>
public sealed record GradeLimits(int Table, double MotorKilowatts, double Grade1, double Grade2, double Grade3)
{
    /// <summary>Figures are compared to a thousandth: what the bench resolves. Chosen.</summary>
    private const int Digits = 3;

    /// <summary>1 to 3; null: worse than the standard allows.</summary>
    public int? GradeOf(double specificPower) => Math.Round(specificPower, Digits) switch
    {
        var measured when measured <= Grade1 => 1,
        var measured when measured <= Grade2 => 2,
        var measured when measured <= Grade3 => 3,
        _ => null,
    };
}
