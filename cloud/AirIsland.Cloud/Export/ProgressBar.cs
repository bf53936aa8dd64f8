using System.Globalization;

namespace AirIsland.Cloud.Export;

/// <summary>How far long work has come, on one line of a terminal; nothing where nobody looks.</summary>
public sealed class ProgressBar(TextWriter output, bool isTerminal)
{
    private const int Width = 30;

    private int _shown = -1;

    /// <param name="part">0 to 1.</param>
    /// <param name="text">What has been done, in words.</param>
    public void Show(double part, string text)
    {
        var percent = (int)Math.Clamp(part * 100, 0, 100);
        if (!isTerminal || percent == _shown) return;
        _shown = percent;
        var done = percent * Width / 100;
        output.Write(string.Create(
            CultureInfo.InvariantCulture, $"\r[{new string('#', done)}{new string('.', Width - done)}] {percent,3} %  {text}\u001b[K"));
    }

    /// <summary>Leaves the line to whoever writes next.</summary>
    public void End()
    {
        if (isTerminal && _shown >= 0) output.Write("\r\u001b[K");
    }
}
