return await AirIsland.Edge.EdgeApp.RunAsync(args);
