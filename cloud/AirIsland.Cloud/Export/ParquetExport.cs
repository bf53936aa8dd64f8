using System.Globalization;
using AirIsland.Domain.Metering;
using ParquetSharp;

namespace AirIsland.Cloud.Export;

/// <summary>
/// A row a sample, sorted by stretch, tag and instant: <c>tag, time, value, unit, quality, count, resolution</c>. <c>value</c> is the
/// double that a notebook wants, null when Bad; <c>count</c> × <c>resolution</c> (a decimal as text) is the same exactly.
/// </summary>
public sealed class ParquetExport : IExportFile
{
    private const int MaxRows = 1 << 18;

    private static readonly Column[] Columns =
    [
        new Column<string>("tag"),
        new Column<DateTime>("time", LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Millis)),
        new Column<double?>("value"),
        new Column<string>("unit"),
        new Column<string>("quality"),
        new Column<long?>("count"),
        new Column<string>("resolution"),
    ];

    private readonly List<(ExportTag Tag, Sample Sample)> _rows = [];
    private readonly ParquetFileWriter _file;

    public ParquetExport(string path)
    {
        using var builder = new WriterPropertiesBuilder();
        // What runs in small steps is written as differences; what repeats, as numbers into a dictionary.
        using var properties = builder.Compression(Compression.Zstd).CompressionLevel(3)
            .DisableDictionary("time").Encoding("time", Encoding.DeltaBinaryPacked)
            .DisableDictionary("count").Encoding("count", Encoding.DeltaBinaryPacked)
            .CreatedBy("AirIsland").Build();
        _file = new ParquetFileWriter(path, Columns, properties);
    }

    public void Write(IReadOnlyList<(ExportTag Tag, IReadOnlyList<Sample> Samples)> stretch)
    {
        foreach (var (tag, samples) in stretch)
        {
            foreach (var sample in samples)
            {
                _rows.Add((tag, sample));
                if (_rows.Count == MaxRows) Flush();
            }
        }
    }

    public void Dispose()
    {
        Flush();
        _file.Close();
        _file.Dispose();
    }

    private void Flush()
    {
        if (_rows.Count == 0) return;
        using var group = _file.AppendRowGroup();
        Put(group, r => r.Tag.Id);
        Put(group, r => r.Sample.At.ToDateTimeUtc());
        Put(group, r => r.Sample.Count is { } count ? (double)(count * r.Tag.Resolution) : (double?)null);
        Put(group, r => r.Tag.Unit);
        Put(group, r => r.Sample.Quality.ToString());
        Put(group, r => r.Sample.Count);
        Put(group, r => r.Tag.Resolution.ToString(CultureInfo.InvariantCulture));
        _rows.Clear();
    }

    private void Put<T>(RowGroupWriter group, Func<(ExportTag Tag, Sample Sample), T> value)
    {
        using var column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch([.. _rows.Select(value)]);
    }
}
