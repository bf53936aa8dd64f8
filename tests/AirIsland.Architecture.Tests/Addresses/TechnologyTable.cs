namespace AirIsland.Architecture.Tests.Addresses;

/// <summary>One technology, one address. To replace a technology is to rewrite the folders in its row.</summary>
internal static class TechnologyTable
{
    public static readonly Technology[] Rows =
    [
        new("Orleans",
            Namespaces: ["Orleans"],
            Addresses: ["cloud/AirIsland.Cloud/Stations/", "cloud/AirIsland.Cloud/CloudApp*.cs"])
        {
            // Its packages put their namespaces into every file as global usings, so a grain needs no `using` to be named.
            Telltales =
            [
                "Grain", "IGrainFactory", "IGrainWithStringKey", "IGrainWithGuidKey", "IGrainWithIntegerKey", "IClusterClient",
                "ISiloBuilder", "GenerateSerializer", "GenerateSerializerAttribute", "UseOrleans", "UseOrleansClient",
            ],
        },
        new("System.Reactive",
            Namespaces: ["System.Reactive", "Microsoft.Reactive"],
            Addresses: ["edge/AirIsland.Edge/Pipeline/", "cloud/AirIsland.Cloud/Stations/TwinFeed*.cs"]),
        new("Protocol buffers",
            Namespaces: ["Google.Protobuf", "AirIsland.Proto.Telemetry"],
            Addresses:
            [
                "proto/AirIsland.Proto/", "edge/AirIsland.Fieldbus/Sparkplug/", "edge/AirIsland.Edge/Uplink/",
                "cloud/AirIsland.Cloud/Ingest/", "cloud/AirIsland.Storage/Telemetry/",
            ]),
        new("ML.NET and OR-Tools",
            Namespaces: ["Microsoft.ML", "Google.OrTools"],
            Addresses: ["cloud/AirIsland.Models/"]),
        new("Entity Framework Core",
            Namespaces: ["Microsoft.EntityFrameworkCore"],
            Addresses: ["cloud/AirIsland.Storage/Ledger/"]),
        new("Serial ports",
            Namespaces: ["System.IO.Ports"],
            Addresses: ["edge/AirIsland.Fieldbus/Lines/"]),
        new("MQTT",
            Namespaces: ["MQTTnet"],
            Addresses: ["edge/AirIsland.Edge/Drivers/", "edge/AirIsland.Edge/Northbound/", "simulators/AirIsland.Simulators/Devices/"]),
        // The simulators speak HTTP to test harnesses, at one place and on 127.0.0.1; all else in them stays a plain host.
        new("ASP.NET Core",
            Namespaces: ["Microsoft.AspNetCore"],
            Addresses: ["cloud/AirIsland.Cloud/", "cloud/AirIsland.Web/", "simulators/AirIsland.Simulators/Bench/"]),
        new("PostgreSQL",
            Namespaces: ["Npgsql"],
            Addresses: ["cloud/AirIsland.Storage/Telemetry/Postgres/", "cloud/AirIsland.Storage/Ledger/"]),
        new("SQLite",
            Namespaces: ["Microsoft.Data.Sqlite", "SQLitePCL"],
            Addresses: ["edge/AirIsland.Edge/Outbox/", "cloud/AirIsland.Storage/Telemetry/", "cloud/AirIsland.Storage/Ledger/"]),
    ];
}
