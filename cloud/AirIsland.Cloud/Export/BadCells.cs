namespace AirIsland.Cloud.Export;

/// <summary>How many cells of a column could not be used, and which was the first.</summary>
public sealed record BadCells
{
    private const int Shown = 40;

    public BadCells(long firstRow, string firstText) =>
        (FirstRow, FirstText) = (firstRow, firstText.Length <= Shown ? firstText : firstText[..Shown] + "…");

    public long Count { get; set; } = 1;

    public long FirstRow { get; }

    public string FirstText { get; }
}
