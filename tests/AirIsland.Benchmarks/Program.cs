using AirIsland.Benchmarks;

// One benchmark a call; its last line is one JSON object, the exit code 1 when a bar is not met.
return args switch
{
    ["codec"] => CodecBenchmark.Run(),
    ["backlog"] => await BacklogBenchmark.RunAsync(),
    ["ingest", .. var rest] => await IngestBenchmark.RunAsync(rest),
    ["modbus", .. var rest] => await ModbusBenchmark.RunAsync(rest),
    [ModbusDevices.Verb, var count] => await ModbusDevices.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["outbox"] => await OutboxBenchmark.RunAsync(),
    ["peers", .. var rest] => await PeersBenchmark.RunAsync(rest),
    ["plant"] => PlantBenchmark.Run(),
    ["query", .. var rest] => await QueryBenchmark.RunAsync(rest),
    [StoreHost.Verb, var directory] => await StoreHost.RunAsync(directory),
    _ => Report.Usage("backlog", "codec", "ingest", "modbus", "outbox", "peers", "plant", "query"),
};
