using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>Commands whose parameters are <c>$1</c>, <c>$2</c> … in every dialect.</summary>
internal static class SqlText
{
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            // PostgreSQL counts parameters without a name; SQLite knows them by it.
            if (connection is SqliteConnection) parameter.ParameterName = $"${i + 1}";
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Carries it out; gives the rows that it changed.</summary>
    public static int Run(this DbConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>A prepared command, run again with other values.</summary>
    public static void RunWith(this DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    /// <summary>Whether what lies on the disk is damaged, and not only refused for now.</summary>
    public static bool IsDamage(this DbException e) =>
        e is SqliteException { SqliteErrorCode: 11 or 26 } || e.SqlState is "XX001" or "XX002";
}
