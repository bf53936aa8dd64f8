namespace AirIsland.Simulators.Replay;

/// <summary>A replay that cannot be begun: its description, or a file that is not what the description says. Lists every mistake.</summary>
public sealed class ReplayException(string origin, IReadOnlyList<string> mistakes, Exception? innerException = null)
    : Exception(string.Join(Environment.NewLine, mistakes.Select(mistake => $"{origin}: {mistake}")), innerException)
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
