using System.IO.Pipelines;
using System.Text.Json;
using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Cloud.Api;

/// <summary>Writes JSON straight into the response.</summary>
internal sealed class SeriesWriter(PipeWriter pipe) : IAsyncDisposable
{
    private const int Full = 64 << 10;

    private readonly Utf8JsonWriter _json = new(pipe);

    /// <summary>So much waits that it should be sent.</summary>
    public bool IsFull => _json.BytesPending + pipe.UnflushedBytes > Full;

    public void Open(string station)
    {
        _json.WriteStartObject();
        _json.WriteString("station", station);
    }

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _json.WriteEndObject();
        await FlushAsync(cancellationToken);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        _json.Flush();
        await pipe.FlushAsync(cancellationToken);
    }

    public void Text(string name, string? value) => _json.WriteString(name, value);

    public void Number(string name, decimal value) => _json.WriteNumber(name, value);

    /// <summary>A figure that is billed or audited: a string, so that no reader makes a float of it.</summary>
    public void Exact(string name, decimal? value) => _json.WriteString(name, value is { } v ? ApiText.Exact(v) : null);

    public void Begin(string name) => _json.WriteStartArray(name);

    public void End() => _json.WriteEndArray();

    public void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        Begin(name);
        foreach (var item in items) write(item);
        End();
    }

    public void Object(Action write)
    {
        _json.WriteStartObject();
        write();
        _json.WriteEndObject();
    }

    /// <summary>Instant, value (null: Bad) and quality (left out: Good) as an array.</summary>
    public void Row(Tag tag, Sample sample, DateTimeZone zone, bool inMs)
    {
        _json.WriteStartArray();
        At(sample.At, zone, inMs);
        if (sample.Count is { } count) _json.WriteNumberValue(tag.Value(count));
        else _json.WriteNullValue();
        if (sample.Quality != default) _json.WriteStringValue(ApiText.Of(sample.Quality));
        _json.WriteEndArray();
    }

    public void Sample(Tag tag, Sample? sample, DateTimeZone zone, bool inMs)
    {
        if (sample is not { } known)
        {
            _json.WriteNull("at");
            return;
        }
        _json.WritePropertyName("at");
        At(known.At, zone, inMs);
        if (known.Count is { } count) _json.WriteNumber("value", tag.Value(count));
        else _json.WriteNull("value");
        _json.WriteString("unit", tag.Unit);
        _json.WriteString("referenceState", tag.State?.Name);
        _json.WriteString("quality", ApiText.Of(known.Quality));
    }

    public void Buckets(Tag tag, IReadOnlyList<Bucket> buckets, DateTimeZone zone, bool inMs) => Object(() =>
    {
        Text("tag", tag.Id.Value);
        Text("unit", tag.Unit);
        Text("referenceState", tag.State?.Name);
        Array("buckets", buckets, b => Bucket(tag, b, zone, inMs));
    });

    private void Bucket(Tag tag, Bucket bucket, DateTimeZone zone, bool inMs) => Object(() =>
    {
        _json.WritePropertyName("from");
        At(bucket.Period.Start, zone, inMs);
        _json.WritePropertyName("to");
        At(bucket.Period.End, zone, inMs);
        Maybe("mean", bucket.Mean * (double)tag.Resolution);
        Maybe("minimum", bucket.Minimum, tag);
        Maybe("maximum", bucket.Maximum, tag);
        Maybe("first", bucket.First, tag);
        Maybe("last", bucket.Last, tag);
        _json.WriteNumber("samples", bucket.Samples);
        _json.WriteNumber("coverage", Math.Round(bucket.Coverage, 6));
        _json.WriteBoolean("gap", bucket.HasGap);
        _json.WriteString("quality", ApiText.Of(bucket.Worst));
    });

    public async ValueTask DisposeAsync() => await _json.DisposeAsync();

    private void At(Instant at, DateTimeZone zone, bool inMs)
    {
        if (inMs) _json.WriteNumberValue(at.ToUnixTimeMilliseconds());
        else _json.WriteStringValue(ApiText.At(at, zone));
    }

    private void Maybe(string name, double? value)
    {
        if (value is { } v) _json.WriteNumber(name, v);
        else _json.WriteNull(name);
    }

    private void Maybe(string name, long? count, Tag tag)
    {
        if (count is { } c) _json.WriteNumber(name, tag.Value(c));
        else _json.WriteNull(name);
    }
}
