using AirIsland.Simulators.Devices.Mqtt;
using AirIsland.Simulators.Replay;
using AirIsland.Simulators.Replay.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirIsland.Simulators.Tests.Replay;

/// <summary>A directory of files to replay, gone with the test, and short ways to a plan and its rows.</summary>
internal sealed class ReplayBench : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("replay-");

    public Notes Named { get; } = new();

    /// <summary>One MQTT flow meter: column <c>flow</c>, m³/min, times in column <c>t</c>.</summary>
    public static ReplayDescription Flow { get; } = new()
    {
        Time = new() { Column = "t" },
        Devices = [new() { Id = "flow", Profile = "mqtt-flow", Topic = "site/flow", Points = Points(("VolumeFlowRate", "flow")) }],
    };

    /// <summary>One Modbus energy meter behind transformers of 40: column <c>kW</c>.</summary>
    public static ReplayDescription Power { get; } = new()
    {
        Time = new() { Column = "t" },
        Devices =
        [
            new() { Id = "power", Profile = "acrel-dtsd1352", Ratio = 40, Port = 0, Points = Points(("electrical/Power", "kW")) },
        ],
    };

    public static Dictionary<string, ReplayPoint> Points(params (string Point, string Column)[] columns) =>
        columns.ToDictionary(pair => pair.Point, pair => new ReplayPoint { Column = pair.Column });

    public void Dispose() => _directory.Delete(recursive: true);

    public string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(Path(name), lines);
        return Path(name);
    }

    public ReplayPlan Plan(ReplayDescription description, params string[] lines) =>
        PlanBuilder.Build(description with { File = Write("rows.csv", lines) }, "test");

    public async Task<(List<ReplayRow> Rows, InputReport Report)> RowsAsync(ReplayPlan plan)
    {
        var report = new InputReport("rows", Named);
        await using var table = await TableFile.OpenAsync(plan.Description, plan.Columns, report.Row, CancellationToken.None);
        var reader = new RowReader(table, plan, report);
        var rows = new List<ReplayRow>();
        while (await reader.NextAsync(CancellationToken.None) is { } row) rows.Add(row);
        return (rows, report);
    }

    public static InputReport Unheard() => new("rows", NullLogger.Instance);

    public static ValueTask Silence(MeterMessage message, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Log lines as a person reads them.</summary>
    internal sealed class Notes : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? e, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, e));
    }
}
