using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>A directory of the embedded store, gone with the test, and its files as SQLite has them.</summary>
internal sealed class StoreFiles : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("airisland-files-").FullName;

    public string Of(string file) => System.IO.Path.Combine(Path, file);

    public EmbeddedTelemetryStore Open(TimeSpan? keepLevels = null, long mostMerged = 2_000_000) => new(
        new() { Directory = Path, SealAfter = TimeSpan.Zero, KeepLevels = keepLevels, MostMerged = mostMerged },
        NullLogger<EmbeddedTelemetryStore>.Instance);

    public void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Of(file)};Pooling=False");
        connection.Open();
        EmbeddedSchema.Execute(connection, sql);
    }

    public long Number(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Of(file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
