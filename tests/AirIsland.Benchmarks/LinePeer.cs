using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace AirIsland.Benchmarks;

/// <summary>A peer that takes lines of InfluxDB's protocol.</summary>
internal abstract class LinePeer(PeerProcess process) : IPeer
{
    public abstract string Name { get; }

    public PeerProcess Process => process;

    protected abstract string WritePath { get; }

    public async Task WriteAsync(PeerLoad load, long from, int hours)
    {
        for (var hour = 0; hour < hours; hour++)
            for (var batch = 0; batch < PeerLoad.Batches; batch++) await SendAsync(load.Lines(batch, from + (hour * 3_600_000L)));
    }

    public async Task WriteRegistersAsync(int registers, long from, int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            var lines = new StringBuilder();
            for (var minute = hour * 60; minute < (hour + 1) * 60; minute++)
                for (var r = 0; r < registers; r++)
                    lines.Append(
                        CultureInfo.InvariantCulture,
                        $"c,id=r{r:0000} value={1_000_000 + (minute * (r + 1L))} {(from + (minute * 60_000L)) * 1_000_000}\n");
            await SendAsync(Encoding.UTF8.GetBytes(lines.ToString()));
        }
    }

    public abstract Task SettleAsync();

    public abstract PeerQuestions Questions(int levels, int registers, long from, int hours);

    public ValueTask DisposeAsync() => process.DisposeAsync();

    protected static string Escaped(string text) => Uri.EscapeDataString(text);

    private async Task SendAsync(ReadOnlyMemory<byte> lines)
    {
        using var content = new ReadOnlyMemoryContent(lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var answer = await process.Http.PostAsync(WritePath, content);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{Name}: {await answer.Content.ReadAsStringAsync()}");
    }
}
