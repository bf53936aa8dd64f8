using AirIsland.Demo;

return await DemoCommand.Create().Parse(args).InvokeAsync();
