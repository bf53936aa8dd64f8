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
    ["plant"] => PlantBenchmark.Run(),
    ["query", .. var rest] => await QueryBenchmark.RunAsync(rest),
    _ => Report.Usage("backlog", "codec", "ingest", "modbus", "outbox", "plant", "query"),
};
