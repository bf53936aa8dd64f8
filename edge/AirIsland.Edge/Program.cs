return await AirIsland.Edge.EdgeCommand.RunAsync(args);
