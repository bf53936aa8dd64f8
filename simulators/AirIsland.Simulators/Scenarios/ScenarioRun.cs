using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>Lets the stations of a scenario live through a time, each on its own, at steps of one second.</summary>
public static class ScenarioRun
{
    /// <summary>Cancellation is looked for this often, s.</summary>
    private const int Look = 3600;

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ScenarioFigures[] Run(ScenarioFile scenario, int seconds, ulong seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return [.. scenario.Stations.Select(s => Live(s, scenario.Build(s, seed), seconds, cancellationToken))];
    }

    private static ScenarioFigures Live(ScenarioStation description, Station station, int seconds, CancellationToken cancellationToken)
    {
        var (gauge, flowing) = (0.0, 0L);
        for (var second = 0; second < seconds; second++)
        {
            if (second % Look == 0) cancellationToken.ThrowIfCancellationRequested();
            station.Step(1);
            if (station.PowerW <= 0) continue;
            gauge += station.Header.Pa - station.Outdoor.Pa;
            flowing++;
        }
        return ScenarioFigures.Of(description, station.Truth, flowing == 0 ? 0 : gauge / flowing / 1e6);
    }
}
