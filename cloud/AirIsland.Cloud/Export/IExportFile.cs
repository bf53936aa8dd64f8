using AirIsland.Domain.Metering;

namespace AirIsland.Cloud.Export;

/// <summary>A file that is being written: the samples of some tags of one stretch of time after another.</summary>
public interface IExportFile : IDisposable
{
    /// <summary>Samples of one stretch, by tag in the order of the export, each by instant.</summary>
    void Write(IReadOnlyList<(ExportTag Tag, IReadOnlyList<Sample> Samples)> stretch);
}
