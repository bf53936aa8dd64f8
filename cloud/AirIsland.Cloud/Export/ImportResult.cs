using System.Globalization;
using System.Text;

namespace AirIsland.Cloud.Export;

/// <summary>What became of an import: batches sent now and there before, samples stored now, and what was found in the file.</summary>
public sealed record ImportResult(
    string File, string Edge, string Epoch, int SentBatches, ulong BatchesThereBefore, long StoredSamples, ImportTally Found)
{
    public string ToText()
    {
        var text = new StringBuilder();
        Line($"{File}: {Found.Rows:N0} rows, {Found.Values:N0} values; {StoredSamples:N0} samples stored in {SentBatches} batches");
        if (BatchesThereBefore > 0) Line($"  {BatchesThereBefore} batches were there before");
        if (Found.EmptyCells > 0) Line($"  {Found.EmptyCells:N0} empty cells");
        foreach (var (column, bad) in Found.BadCells)
            Line($"  column '{column}': {bad.Count:N0} cells are no number, the first in row {bad.FirstRow}: '{bad.FirstText}'");
        if (Found.BadTimes is { } times)
            Line($"  {times.Count:N0} rows have no time and were left out, the first is row {times.FirstRow}: '{times.FirstText}'");
        if (Found.AmbiguousTimes > 0)
            Line($"  {Found.AmbiguousTimes:N0} rows at times that the clock showed twice, told apart by their order");
        if (Found.OutOfOrder > 0) Line($"  {Found.OutOfOrder:N0} rows earlier than the one before");
        if (Found.SameInstant > 0)
            Line($"  {Found.SameInstant:N0} rows at the same instant as the one before, with other values: both stored");
        if (Found.DuplicateRows > 0) Line($"  {Found.DuplicateRows:N0} rows repeat one at the same instant and were left out");
        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
