using AirIsland.Simulators;
using Microsoft.Extensions.Hosting;

await SimulatorApp.Build(args).RunAsync();
