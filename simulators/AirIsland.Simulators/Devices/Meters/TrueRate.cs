namespace AirIsland.Simulators.Devices.Meters;

/// <summary>
/// The wire from the plant to one point of a meter: the true value during the step that has just been made, in the unit of the point.
/// Called exactly once a step.
/// </summary>
/// <param name="stepSeconds">Length of the step, s.</param>
public delegate double TrueRate(double stepSeconds);
