using System.Data.Common;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>Commands that every dialect understands: parameters by name, <c>@station</c>.</summary>
internal static class JournalCommands
{
    public static DbCommand Command(this DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
