using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>A prepared statement with positional parameters <c>?1, ?2 …</c>. Not thread-safe.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection db, string sql)
    {
        _command = db.CreateCommand();
        _command.CommandText = sql;
    }

    public void Run(params ReadOnlySpan<object> values) => Bind(values).ExecuteNonQuery();

    public SqliteDataReader Query(params ReadOnlySpan<object> values) => Bind(values).ExecuteReader();

    /// <summary>The first column of the first row; null when there is none.</summary>
    public long? Number(params ReadOnlySpan<object> values) => Bind(values).ExecuteScalar() is long number ? number : null;

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i == _command.Parameters.Count) _command.Parameters.Add(new SqliteParameter($"?{i + 1}", values[i]));
            else _command.Parameters[i].Value = values[i];
        }
        return _command;
    }
}
