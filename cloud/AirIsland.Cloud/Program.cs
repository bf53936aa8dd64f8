using AirIsland.Cloud;

await CloudApp.Build(args).RunAsync();
