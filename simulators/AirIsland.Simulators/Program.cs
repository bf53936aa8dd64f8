using AirIsland.Simulators;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

try
{
    await SimulatorApp.Build(args).RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    foreach (var mistake in e.Failures) await Console.Error.WriteLineAsync(mistake);
    return 2;
}
catch (IOException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
