namespace AirIsland.Simulators.Scenarios;

/// <summary>What cannot be in a scenario, before any station of it is built.</summary>
internal static class ScenarioCheck
{
    private const int LongestText = 64;
    private const int MostStations = 20;
    private const int MostOfAKind = 100;
    private const int MostMeters = 5000;
    private const double LargestGain = 10;
    private const decimal LargestRegister = 1_000_000_000_000;

    /// <summary>The first mistake; null: none.</summary>
    public static string? MistakeIn(ScenarioFile scenario)
    {
        if (scenario.Days is < 1 or > ScenarioFile.MostDays || scenario.EverySeconds is < 1 or > 86_400)
            return $"1 to {ScenarioFile.MostDays} days and 1 to 86400 everySeconds are wanted";
        if (scenario.Stations.Count is < 1 or > MostStations) return $"1 to {MostStations} stations are wanted";
        if (scenario.Stations.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1) is { } same)
            return $"two stations are called '{same.Key}'";
        return scenario.Stations.SelectMany(MistakesIn).FirstOrDefault();
    }

    private static IEnumerable<string> MistakesIn(ScenarioStation station)
    {
        // Its files may stand in a directory of that name.
        if (!IsFileName(station.Name)) yield return $"'{station.Name}' is no name for a station";
        if (station.Side is not ("" or ScenarioSide.Before or ScenarioSide.After))
            yield return $"{station.Name}: the side '{station.Side}' is neither before nor after";
        foreach (var machine in station.Machines)
        {
            if (machine.Count is < 1 or > MostOfAKind)
                yield return $"{station.Name}: {machine.Count} of {machine.Kind}, 1 to {MostOfAKind} are possible";
            if (machine.CascadeMPa is not (>= 0 and <= 0.1))
                yield return $"{station.Name}: cascadeMPa of {machine.Kind} is not within 0 to 0.1";
        }
        if (station.Meters.Count > MostMeters) yield return $"{station.Name}: more than {MostMeters} meters";
        if (station.Meters.GroupBy(m => m.Id).FirstOrDefault(g => g.Count() > 1) is { } same)
            yield return $"{station.Name}: two meters are called '{same.Key}'";
        foreach (var meter in station.Meters.SelectMany(MistakesIn)) yield return $"{station.Name}: {meter}";
    }

    private static IEnumerable<string> MistakesIn(ScenarioMeter meter)
    {
        if (string.IsNullOrWhiteSpace(meter.Id) || meter.Id.Length > LongestText) yield return $"'{meter.Id}' is no id for a meter";
        if (meter.Ratio is <= 0 or > 1_000_000) yield return $"{meter.Id}: a ratio is above 0 and at most 1000000";
        if (meter.Design.SetPressurePa is not (>= 1e4 and <= 1e7) || meter.Design.SetTemperatureK is not (>= 200 and <= 500))
            yield return $"{meter.Id}: its design is for 10 kPa to 10 MPa and 200 to 500 K";
        foreach (var (name, point) in meter.Points)
        {
            if (point is null)
            {
                yield return $"{meter.Id}: nothing is said of '{name}'";
                continue;
            }
            if (point.Gain is not (null or (>= -1 and <= LargestGain)))
                yield return $"{meter.Id}: gain of '{name}' is not within -1 to {LargestGain}";
            if (point.CutOff is not (null or (>= 0 and <= 1e9)))
                yield return $"{meter.Id}: cutOff of '{name}' is not within 0 to 1e9";
            if (point.Initial is < 0 or > LargestRegister)
                yield return $"{meter.Id}: initial of '{name}' is not within 0 to {LargestRegister}";
        }
    }

    private static bool IsFileName(string name) => name.Length is >= 1 and <= LongestText
        && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ');
}
