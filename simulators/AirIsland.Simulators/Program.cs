using AirIsland.Simulators;

return await SimulatorsCommand.RunAsync(args);
