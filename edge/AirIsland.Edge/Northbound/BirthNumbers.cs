using System.Globalization;

namespace AirIsland.Edge.Northbound;

/// <summary>
/// The number of each connection, one more than the one before, 0 after 255; also across restarts, by a file. A file that cannot be read
/// or written costs no more than a number that comes twice.
/// </summary>
internal sealed class BirthNumbers(string file)
{
    private byte? _last;

    public byte Next()
    {
        _last = (byte)((_last ?? Read() ?? byte.MaxValue) + 1);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
            File.WriteAllText($"{file}.new", _last.Value.ToString(CultureInfo.InvariantCulture));
            File.Move($"{file}.new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full or read-only: the numbers go on in memory.
        }
        return _last.Value;
    }

    private byte? Read()
    {
        try
        {
            return byte.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var last) ? last : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
