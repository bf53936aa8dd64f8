namespace AirIsland.Simulators.Scenarios;

/// <summary>Lets the stations of a scenario live through a time, each on its own, at steps of one second.</summary>
public static class ScenarioRun
{
    /// <summary>Cancellation is looked for this often, s.</summary>
    private const int Look = 3600;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <exception cref="FormatException">A station cannot be so, or an event does not fit it; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ScenarioFigures[] Run(ScenarioFile scenario, int seconds, ulong seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return [.. scenario.Stations.Select(s => Live(scenario, s, seconds, seed, cancellationToken))];
    }

    private static ScenarioFigures Live(
        ScenarioFile scenario, ScenarioStation description, int seconds, ulong seed, CancellationToken cancellationToken)
    {
        var plant = scenario.BuildMetered(description, seed);
        var (station, timeline) = (plant.Station, scenario.EventsOf(plant));
        var (gauge, flowing) = (0.0, 0L);
        for (var second = 0; second < seconds; second++)
        {
            if (second % Look == 0) cancellationToken.ThrowIfCancellationRequested();
            timeline.Advance();
            plant.Step(Second);
            if (station.PowerW <= 0) continue;
            gauge += station.Header.Pa - station.Outdoor.Pa;
            flowing++;
        }
        return ScenarioFigures.Of(description, station.Truth, flowing == 0 ? 0 : gauge / flowing / 1e6);
    }
}
