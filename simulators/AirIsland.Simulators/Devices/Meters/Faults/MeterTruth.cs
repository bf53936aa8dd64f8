namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>The truth about a meter at an instant, for truth files: which one it is, how far it is off, what is wrong with it.</summary>
/// <param name="Id">The device.</param>
/// <param name="Serial">The piece of hardware that is fitted.</param>
/// <param name="Running">Time since it began to run.</param>
/// <param name="Points">Measured points by name.</param>
/// <param name="Faults">Faults that are on, oldest first.</param>
public sealed record MeterTruth(
    string Id, string Serial, TimeSpan Running, IReadOnlyDictionary<string, PointTruth> Points, IReadOnlyList<ActiveFault> Faults);
