using System.CommandLine;
using AirIsland.Demo;

// Signals belong to the demo itself: it stops its parts in order, however long that takes.
return await DemoCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
