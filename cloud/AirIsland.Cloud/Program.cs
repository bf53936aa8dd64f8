using System.Data.Common;
using AirIsland.Cloud;
using AirIsland.Cloud.Backup;
using AirIsland.Cloud.Export;
using AirIsland.Storage.Telemetry;
using Microsoft.Extensions.Options;

if (args is ["ca", .. var rest]) return CloudApp.MakeCertificates(rest);
if (args is [var verb, ..] && StoreCommands.Verbs.Contains(verb)) return await CloudApp.KeepFilesAsync(args);
if (args is ["export", .. var wanted]) return await ExportCommand.RunAsync(wanted, Console.Out, Console.Error);
if (args is ["import", .. var brought]) return await ImportCommand.RunAsync(brought, Console.Out, Console.Error);
try
{
    await CloudApp.Build(args).RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    foreach (var mistake in e.Failures) await Console.Error.WriteLineAsync(mistake);
    return 2;
}
catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException)
{
    // A setting that cannot be read: the binder names it.
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
catch (Exception e) when (e is IOException or StoreUnavailableException or DbException || e.InnerException is DbException)
{
    await Console.Error.WriteLineAsync(e is InvalidOperationException ? e.InnerException?.Message : e.Message);
    return 1;
}
