namespace AirIsland.Fieldbus.Profiles;

/// <summary>A device profile that cannot be used: where it came from, and every mistake in it, each naming its place.</summary>
public sealed class ProfileException(string origin, IReadOnlyList<string> mistakes, Exception? innerException = null)
    : Exception($"{origin}: {string.Join("; ", mistakes)}", innerException)
{
    public string Origin { get; } = origin;

    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
