using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Commissioning;

/// <summary>
/// A doubtful register beside what it might mean: in every byte order, and one register lower and higher, because two halves of two values
/// often look like a plausible third. <see cref="First"/> is the address of the first of <see cref="Around"/>.
/// </summary>
internal sealed record Doubt(string Point, int First, IReadOnlyList<ushort> Around, IReadOnlyList<Guess> Guesses)
{
    // Displays round, and live values move.
    private const decimal Tolerance = 0.01m;

    /// <param name="point">In doubt.</param>
    /// <param name="first">Address of the first register.</param>
    /// <param name="around">The point's registers, and those beside them as far as they could be read.</param>
    public static Doubt Of(ProfilePoint point, int first, ushort[] around)
    {
        var guesses = new List<Guess>();
        var last = first + around.Length - point.RegisterCount;
        for (var address = first; address <= last; address++)
        {
            var registers = around.AsSpan(address - first, point.RegisterCount);
            foreach (var (order, isOwn, value, _) in PointCodec.InEveryOrder(point, registers))
                guesses.Add(new(address, order, value, isOwn && address == point.Address));
        }
        return new(point.Name, first, around, guesses);
    }

    /// <summary>The guesses that agree with a display to one percent, or to one resolution if that is more.</summary>
    public IReadOnlyList<Guess> Agreeing(decimal display, decimal resolution) =>
        [.. Guesses.Where(g => g.Value is { } value && Math.Abs(value - display) <= Math.Max(resolution, Math.Abs(display) * Tolerance))];
}
