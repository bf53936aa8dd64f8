namespace AirIsland.Edge.Metering;

/// <summary>A text is no formula. <see cref="Position"/> counts its characters from 1.</summary>
public sealed class FormulaException(int position, string mistake) : FormatException($"at {position}: {mistake}")
{
    public int Position { get; } = position;
}
