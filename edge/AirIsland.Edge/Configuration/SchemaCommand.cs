using System.CommandLine;

namespace AirIsland.Edge.Configuration;

/// <summary>The verb <c>schema</c>: prints the JSON schema of settings files, for editors and other tools.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON schema of settings files.");
        command.SetAction(_ => Console.Out.WriteLine(SettingsSchema.Text));
        return command;
    }
}
