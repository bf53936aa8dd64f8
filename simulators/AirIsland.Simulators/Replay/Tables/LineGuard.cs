using System.Text;

namespace AirIsland.Simulators.Replay.Tables;

/// <summary>
/// Stands between a file and its CSV reader, and lets whole lines through. One with a quote that is not closed, or without an end, would
/// swallow the rest of the file: it is blanked, so that line numbers stay, and told.
/// </summary>
/// <param name="inner">The file's text.</param>
/// <param name="separator">Of two cells.</param>
/// <param name="skip">Lines at the beginning to be blanked without a word.</param>
/// <param name="blanked">Told the line, from 1, and why.</param>
internal sealed class LineGuard(TextReader inner, char separator, int skip, Action<long, string> blanked) : TextReader
{
    /// <summary>Longest line, characters: thousands of columns fit, a binary file does not fill the memory.</summary>
    public const int LongestLine = 1 << 20;

    private readonly StringBuilder _line = new();
    private long _number;
    private int _given;

    public override int Peek() => HasMore() ? _line[_given] : -1;

    public override int Read() => HasMore() ? _line[_given++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.Length == 0 || !HasMore()) return 0;
        var count = Math.Min(buffer.Length, _line.Length - _given);
        _line.CopyTo(_given, buffer, count);
        _given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private bool HasMore() => _given < _line.Length || NextLine();

    private bool NextLine()
    {
        (_given, var length) = (0, 0L);
        // A cell is quoted when it begins with a quote; quotes inside another cell mean nothing.
        var (begins, quoted, open) = (true, false, false);
        _line.Clear();
        int next;
        while ((next = inner.Read()) >= 0 && next != '\n')
        {
            if (begins && next == '"') (quoted, open) = (true, true);
            else if (quoted && next == '"') open = !open;
            else if (next == separator && !open) (begins, quoted) = (true, false);
            if (next != ' ' && (next != separator || open)) begins = false;
            if (++length <= LongestLine) _line.Append((char)next);
        }
        if (next < 0 && length == 0) return false;
        _number++;
        var flaw = length > LongestLine ? $"is longer than {LongestLine} characters" : open ? "has a quote that is not closed" : null;
        if (_number <= skip || flaw is not null) _line.Clear();
        _line.Append('\n');
        if (_number > skip && flaw is not null) blanked(_number, flaw);
        return true;
    }
}
