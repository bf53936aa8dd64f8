using AirIsland.Proto.Columns;

namespace AirIsland.Benchmarks;

/// <summary>The column codec: points a second on one core each way, bytes a point, by batch size.</summary>
internal static class CodecBenchmark
{
    private const int Tags = 300;
    private const int Seed = 42;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(2);

    public static int Run()
    {
        object[] sizes = [.. ((int[])[300, 500, 10_000]).Select(Measure)];
        return Report.Print("codec", new { seed = Seed, tags = Tags, sizes });
    }

    private static object Measure(int points)
    {
        var load = new StationLoad(Tags, Seed);
        var (encoded, bytes, from) = (0L, 0L, TimeProvider.System.GetTimestamp());
        var block = load.Next(points);
        while (TimeProvider.System.GetElapsedTime(from) < Measured)
        {
            block = load.Next(points);
            (encoded, bytes) = (encoded + block.PointCount, bytes + block.Payload.Length);
        }
        var encodeSeconds = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        var decoded = 0L;
        from = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(from) < Measured) decoded += BlockReader.Read(block.Payload, block.Encoding).PointCount;
        return new
        {
            points,
            encodePerSecond = Math.Round(encoded / encodeSeconds),
            decodePerSecond = Math.Round(decoded / TimeProvider.System.GetElapsedTime(from).TotalSeconds),
            bytesPerPoint = Math.Round((double)bytes / encoded, 3),
        };
    }
}
