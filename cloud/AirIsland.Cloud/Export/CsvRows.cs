using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace AirIsland.Cloud.Export;

/// <summary>The rows of a CSV file by a map, one pass, in the file's order; what is wrong in it is counted and never guessed.</summary>
public sealed class CsvRows(Stream file, ImportMap map)
{
    public ImportTally Tally { get; } = new();

    /// <exception cref="ImportException">It has no heading, or not the columns that the map names.</exception>
    public IEnumerable<ImportRow> Read()
    {
        using var reader = new StreamReader(file, map.TextEncoding(), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = map.Delimiter,
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = 1 << 20,
        });
        if (!csv.Read()) throw new ImportException("the file is empty");
        var headings = csv.Record ?? [];
        var time = Find(headings, map.Time.Column);
        int[] places = [.. map.Columns.Select(c => Find(headings, c.Column))];
        var times = map.Time.Reader();
        ImportRow? last = null;
        var same = new List<ImportRow>();
        while (csv.Read())
        {
            Tally.Rows++;
            var text = Cell(csv, time);
            if (times.Read(text) is not { } at)
            {
                Tally.BadTime(csv.Row, text);
                continue;
            }
            Tally.AmbiguousTimes = times.Ambiguous;
            var row = new ImportRow(at, new long?[places.Length]);
            for (var i = 0; i < places.Length; i++) row.Counts[i] = Count(map.Columns[i], Cell(csv, places[i]), csv.Row);
            if (at != last?.At) same.Clear();
            if (same.Exists(s => s.Counts.AsSpan().SequenceEqual(row.Counts)))
            {
                Tally.DuplicateRows++;
                continue;
            }
            if (same.Count > 0) Tally.SameInstant++;
            if (at < last?.At) Tally.OutOfOrder++;
            same.Add(row);
            Tally.Values += row.Counts.Count(c => c is not null);
            yield return last = row;
        }
    }

    private static string Cell(CsvParser csv, int place) => place < csv.Count ? csv[place] : "";

    private long? Count(ImportColumn column, string cell, long row)
    {
        if (cell.Length == 0 || map.Missing.Contains(cell))
        {
            Tally.EmptyCells++;
            return null;
        }
        var plain = map.DecimalComma ? cell.Replace(',', '.') : cell;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        // A number with points and commas is one of a style that nobody named.
        if (!(map.DecimalComma && cell.Contains('.', StringComparison.Ordinal))
            && decimal.TryParse(plain, Style, CultureInfo.InvariantCulture, out var number) && column.CountOf(number) is { } count)
        {
            return count;
        }
        Tally.Bad(column.Column, row, cell);
        return null;
    }

    private static int Find(string[] headings, string wanted)
    {
        var places = headings.Select((h, i) => (Heading: h, Place: i)).Where(h => h.Heading == wanted).Select(h => h.Place).ToList();
        if (places.Count == 1) return places[0];
        var hint = headings.Any(h => h.Contains('\uFFFD', StringComparison.Ordinal)) ? " (the encoding is another one)" : "";
        throw new ImportException(places.Count == 0
            ? $"the file has no column '{wanted}'{hint}; it has: {string.Join(" | ", headings)}"
            : $"the file has {places.Count} columns '{wanted}'");
    }
}
