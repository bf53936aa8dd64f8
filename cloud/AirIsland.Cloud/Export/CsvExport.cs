using System.Globalization;
using System.Text;
using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Cloud.Export;

/// <summary>
/// A column a tag, a row an instant, values exact, an empty cell where nothing was measured; UTF-8 with BOM, so that a spreadsheet shows
/// Chinese. A CSV file has no place for qualities: a Bad sample is an empty cell, an Uncertain one a value.
/// </summary>
public sealed class CsvExport : IExportFile
{
    private readonly StreamWriter _writer;
    private readonly Dictionary<string, int> _places;

    public CsvExport(string path, IReadOnlyList<ExportTag> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        _places = tags.Select((t, i) => (t.Id, i)).ToDictionary(t => t.Id, t => t.i);
        _writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        _writer.WriteLine(string.Join(',', tags.Select(t => t.Place).Prepend("time")));
    }

    /// <summary>The map by which such a file is imported again.</summary>
    public static ImportMap MapOf(IReadOnlyList<ExportTag> tags) => new()
    {
        Time = new ImportTime { Column = "time" },
        Columns = [.. tags.Select(t => new ImportColumn
        {
            Column = t.Place,
            Tag = t.Place,
            Kind = t.Kind,
            Medium = t.Medium,
            Unit = t.Unit,
            Resolution = t.Resolution,
            ReferenceState = t.ReferenceState,
            Modulus = t.Modulus,
            MeterSerial = t.MeterSerial,
        })],
    };

    public void Write(IReadOnlyList<(ExportTag Tag, IReadOnlyList<Sample> Samples)> stretch)
    {
        // Two samples of a tag at one instant are two rows: the second of each has a turn of 1.
        var rows = new SortedDictionary<(Instant At, int Turn), string?[]>();
        foreach (var (tag, samples) in stretch)
        {
            var (last, turn) = (Instant.MinValue, 0);
            foreach (var sample in samples)
            {
                turn = sample.At == last ? turn + 1 : 0;
                last = sample.At;
                if (sample.Count is not { } count) continue;
                if (!rows.TryGetValue((sample.At, turn), out var cells)) rows[(sample.At, turn)] = cells = new string?[_places.Count];
                cells[_places[tag.Id]] = (count * tag.Resolution).ToString(CultureInfo.InvariantCulture);
            }
        }
        foreach (var ((at, _), cells) in rows)
        {
            _writer.Write(at.ToString("uuuu-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            foreach (var cell in cells)
            {
                _writer.Write(',');
                _writer.Write(cell);
            }
            _writer.WriteLine();
        }
    }

    public void Dispose() => _writer.Dispose();
}
