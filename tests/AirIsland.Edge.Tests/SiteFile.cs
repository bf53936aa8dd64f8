namespace AirIsland.Edge.Tests;

/// <summary>The settings file of a small site, as a program of its own reads it.</summary>
internal static class SiteFile
{
    /// <summary>Writes <c>site.json</c>: one flow meter on <paramref name="port"/>, the outbox in the folder's <c>data</c>.</summary>
    public static string[] Write(TempFolder folder, int port = 1, string id = "edge-1") => Write(
        folder,
        $$"""{ "Id": "flow", "Asset": "lifode", "Profile": "suto-s401", "Endpoint": "127.0.0.1:{{port}}", "Unit": 1 }""",
        id);

    public static string[] Write(TempFolder folder, string devices, string id = "edge-1")
    {
        var config = folder.File("site.json");
        File.WriteAllText(config, $$"""
            { "Edge": { "Id": "{{id}}", "Station": "site", "Cloud": "http://127.0.0.1:1", "Data": "{{folder.File("data")}}",
              "Broker": { "Port": 1, "ClientId": "edge-1" },
              "Uplink": { "DrainWithin": "00:00:00.2" },
              "Devices": [ {{devices}} ] } }
            """);
        return ["--config", config];
    }
}
