using AirIsland.Benchmarks;

// One benchmark a call; its last line is one JSON object, the exit code 1 when a bar is not met.
return args switch
{
    ["codec"] => CodecBenchmark.Run(),
    ["ingest"] => await IngestBenchmark.RunAsync(),
    ["outbox"] => await OutboxBenchmark.RunAsync(),
    ["plant"] => PlantBenchmark.Run(),
    _ => Report.Usage("codec", "ingest", "outbox", "plant"),
};
