namespace AirIsland.Architecture.Tests.Addresses;

/// <summary>
/// A technology and where it lives. <see cref="Addresses"/> are folders, or files with one <c>*</c> in the name. <see cref="Telltales"/>
/// are words that give it away where no namespace is written.
/// </summary>
internal sealed record Technology(string Name, string[] Namespaces, string[] Addresses)
{
    public string[] Telltales { get; init; } = [];

    public bool LivesAt(string path) => Addresses.Any(a => IsAt(path, a.Split('*')));

    private static bool IsAt(string path, string[] address) =>
        path.StartsWith(address[0], StringComparison.Ordinal)
        && (address.Length == 1 || (path.EndsWith(address[1], StringComparison.Ordinal) && !path[address[0].Length..].Contains('/')));
}
