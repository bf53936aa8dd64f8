using AirIsland.Cloud.Tests.Servers;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using AirIsland.Storage.Telemetry.InfluxDb;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>The requests of each version, and what becomes of every kind of refusal.</summary>
[NeedsProgram("influxd")]
public sealed class InfluxRequestTests(InfluxServer server) : IClassFixture<InfluxServer>, IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-influx-requests-").FullName;
    private readonly List<string> _logged = [];
    private InfluxFront _front = null!;

    public async Task InitializeAsync() => _front = await InfluxFront.StartAsync(server.Url);

    public async Task DisposeAsync()
    {
        await _front.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [ContractTheory]
    [InlineData(InfluxDbVersion.V2)]
    [InlineData(InfluxDbVersion.V3)]
    public async Task Writes_and_reads_are_as_that_version_documents_them(InfluxDbVersion version)
    {
        await using var store = await OpenAsync(version);

        Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(Received(1, Flow, 0, 1200, points: 300), default)).Status);

        var samples = await store.Read(Flow, Noon, Noon + NodaTime.Duration.FromHours(1), default).ToListAsync();
        Assert.Equal(Enumerable.Range(1200, 300).Select(c => (long?)c), samples.Select(s => s.Count));
        Assert.Equal(Noon, samples[0].At);
        Assert.Equal(Noon, (await store.ExtentAsync(Flow, default))!.Value.Start);
        Assert.Empty(_front.Refused);
    }

    [ContractTheory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_server_that_is_busy_is_asked_again_by_us(int status)
    {
        await using var store = await OpenAsync(InfluxDbVersion.V2);
        _front.Instead.Enqueue((status, "later"));
        _front.Instead.Enqueue((status, "later"));

        Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(Received(1, Flow, 0, 1), default)).Status);
    }

    // The first copy's points were refused: the second must not be stored without them.
    [ContractFact]
    public async Task A_second_copy_in_the_group_of_one_that_was_not_written_is_asked_for_again_too()
    {
        await using var store = await OpenAsync(InfluxDbVersion.V2);
        var (arrived, go) = Hold();
        for (var i = 0; i < 6; i++) _front.Instead.Enqueue((503, "later"));

        // While the server thinks about the first, the copies become one group.
        List<Task<Appended>> answers = [await store.AppendAsync(Received(1, Flow, 0, 1, edge: "edge-b"), default)];
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        for (var copy = 0; copy < 2; copy++) answers.Add(await store.AppendAsync(Received(1, Flow, 0, 1), default));
        go.SetResult();

        Assert.All(await Task.WhenAll(answers), done => Assert.Equal(AppendStatus.Unavailable, done.Status));
        Assert.Empty(await store.WatermarksAsync(Edge, Epoch, default));
    }

    [ContractFact]
    public async Task Bytes_that_wait_for_the_server_have_a_limit_and_who_comes_then_waits()
    {
        await using var store = await OpenAsync(InfluxDbVersion.V2);
        var (arrived, go) = Hold();
        var first = await store.AppendAsync(Received(1, Flow, 0, 1), default);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        // Out of order: nothing is done with its bytes.
        var large = Received(9, Flow, 0, 1);
        large = large with { Block = large.Block with { Payload = new byte[30 << 20] } };

        var inside = new[] { await store.AppendAsync(large, default), await store.AppendAsync(large, default) };
        var outside = store.AppendAsync(large, default).AsTask();
        Assert.False(outside.IsCompleted);

        go.SetResult();
        Assert.Equal(AppendStatus.Stored, (await first).Status);
        foreach (var answer in inside.Append(await outside)) Assert.Equal(AppendStatus.OutOfOrder, (await answer).Status);
    }

    [ContractFact]
    public async Task A_batch_of_more_lines_than_a_request_may_have_is_written_in_several()
    {
        await using var store = await OpenAsync(InfluxDbVersion.V2);
        var requests = 0;
        _front.BeforeAnswer = () =>
        {
            requests++;
            return Task.CompletedTask;
        };

        Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(Received(1, Flow, 0, 0, points: 12_000), default)).Status);

        Assert.Equal(3, requests);
        Assert.Equal((12_000, 0, 0), store.Counters);
        var samples = await store.Read(Flow, Noon, Noon + NodaTime.Duration.FromHours(4), default).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 12_000).Select(c => (long?)c), samples.Select(s => s.Count));
    }

    [ContractTheory]
    [InlineData(401, 1)]
    [InlineData(404, 1)]
    [InlineData(413, 1)]
    [InlineData(503, 3)]
    public async Task What_only_a_person_can_help_is_handed_back_to_the_edge_and_moves_nothing(int status, int tries)
    {
        await using var store = await OpenAsync(InfluxDbVersion.V2);
        for (var i = 0; i < tries; i++) _front.Instead.Enqueue((status, "no"));

        var first = await await store.AppendAsync(Received(1, Flow, 0, 1), default);
        Assert.Equal(AppendStatus.Unavailable, first.Status);
        Assert.Contains($"{status}", first.Reason, StringComparison.Ordinal);
        Assert.Empty(await store.WatermarksAsync(Edge, Epoch, default));

        Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(Received(1, Flow, 0, 1), default)).Status);
        Assert.Contains(_logged, l => l.Contains("did not take", StringComparison.Ordinal));
        Assert.DoesNotContain(_logged, l => l.Contains(InfluxFront.Token, StringComparison.Ordinal));
    }

    // 400 comes from 1.x and 3.x, 422 from 2.x; either way the good lines are stored and the bad ones never will be.
    [ContractTheory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task A_partial_write_is_told_from_a_server_that_is_down(int status)
    {
        await using var store = await OpenAsync(InfluxDbVersion.V2);
        _front.Instead.Enqueue((status, "partial write: field type conflict dropped=1"));

        var answer = await await store.AppendAsync(Received(1, Flow, 0, 1), default);

        Assert.Equal(AppendStatus.SetAside, answer.Status);
        Assert.Contains("field type conflict", answer.Reason, StringComparison.Ordinal);
        Assert.Equal(1ul, Assert.Single(await store.WatermarksAsync(Edge, Epoch, default)).Sequence);
    }

    [ContractTheory]
    [InlineData(200, "{\"results\":[{\"statement_id\":0,\"error\":\"timeout\"}]}")]
    [InlineData(200, "{\"results\":[{\"series\":[{\"columns\":[\"time\"],\"values\":[]}]}]}\n{\"error\":\"timeout\"}")]
    [InlineData(200, "{\"results\":[{\"state")]
    [InlineData(401, "{\"message\":\"unauthorized\"}")]
    [InlineData(503, "")]
    public async Task A_question_that_fails_is_no_empty_answer(int status, string body)
    {
        await using var store = await OpenAsync(InfluxDbVersion.V2);
        _front.Instead.Enqueue((status, body));

        await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.Read(Flow, Noon, Noon + NodaTime.Duration.FromHours(1), default).ToListAsync());
    }

    [Theory]
    [InlineData("ftp://x", "", "Url")]
    [InlineData("http://me:secret@x", "", "Url")]
    [InlineData("http://x", "", "Token")]
    public void Settings_that_cannot_work_are_named_and_secrets_are_not_repeated(string url, string token, string setting)
    {
        var options = new InfluxDbOptions { Url = url, Version = InfluxDbVersion.V2, Organisation = "island", Token = token };

        var mistakes = options.Mistakes("Cloud:InfluxDb").ToList();

        Assert.Contains(mistakes, m => m.StartsWith($"Cloud:InfluxDb:{setting}", StringComparison.Ordinal));
        Assert.DoesNotContain(mistakes, m => m.Contains("secret", StringComparison.Ordinal));
    }

    /// <summary>The server answers nobody until it may go; and when the first has arrived.</summary>
    private (TaskCompletionSource Arrived, TaskCompletionSource Go) Hold()
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _front.BeforeAnswer = () =>
        {
            arrived.TrySetResult();
            return go.Task;
        };
        return (arrived, go);
    }

    private async Task<InfluxDbTelemetryStore> OpenAsync(InfluxDbVersion version)
    {
        var store = new InfluxDbTelemetryStore(
            new EmbeddedTelemetryStore(new EmbeddedOptions { Directory = _directory }, NullLogger<EmbeddedTelemetryStore>.Instance),
            new InfluxDbOptions
            {
                Url = _front.Url,
                Version = version,
                Database = server.NewDatabase(),
                Organisation = version == InfluxDbVersion.V2 ? "island" : "",
                Token = InfluxFront.Token,
                Rest = TimeSpan.FromMilliseconds(10),
            },
            new ListLogger(_logged));
        await store.KeepAsync(Catalogue, default);
        return store;
    }

    private sealed class ListLogger(List<string> lines) : ILogger<InfluxDbTelemetryStore>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add($"{formatter(state, exception)} {exception}");
        }
    }
}
