using System.IO.Enumeration;
using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Cloud.Export;

/// <summary>
/// Fetches tags of a station stretch by stretch and writes them; memory is bounded by a stretch. The newest series of each tag.
/// </summary>
public sealed class Exporter(ExportSource source, ProgressBar progress)
{
    /// <summary>About so many samples are held at once, of tags of one a second.</summary>
    private const int Held = 1_000_000;

    /// <summary>Samples written.</summary>
    public long Samples { get; private set; }

    /// <summary>Whether a tag without its station fits <c>header/*</c>, or one of several patterns with commas between.</summary>
    public static bool Fits(string patterns, string place)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return patterns.Split(',', StringSplitOptions.TrimEntries)
            .Any(p => FileSystemName.MatchesSimpleExpression(p, place, ignoreCase: false));
    }

    public async Task RunAsync(
        IExportFile file, IReadOnlyList<ExportTag> tags, Interval period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(tags);
        var step = Duration.FromHours(Math.Clamp(Held / (tags.Count * 3600), 1, 24));
        for (var from = period.Start; from < period.End; from += step)
        {
            var stretch = new List<(ExportTag Tag, IReadOnlyList<Sample> Samples)>();
            var to = Instant.Min(from + step, period.End);
            foreach (var tag in tags)
            {
                var samples = await source.Samples(tag, new(from, to), cancellationToken).ToListAsync(cancellationToken);
                stretch.Add((tag, samples));
                Samples += samples.Count;
            }
            file.Write(stretch);
            progress.Show((to - period.Start) / (period.End - period.Start), $"{Samples:N0} samples");
        }
        progress.End();
    }
}
