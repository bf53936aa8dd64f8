using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>Reading of columns that are never empty in a sound file.</summary>
internal static class RowReading
{
    /// <exception cref="OutboxDamagedException">There is nothing.</exception>
    public static long Whole(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? throw Empty(row, column) : row.GetInt64(column);

    /// <exception cref="OutboxDamagedException">There is nothing.</exception>
    public static byte[] Bytes(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? throw Empty(row, column) : row.GetFieldValue<byte[]>(column);

    /// <exception cref="OutboxDamagedException">There is nothing.</exception>
    public static string Text(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? throw Empty(row, column) : row.GetString(column);

    private static OutboxDamagedException Empty(SqliteDataReader row, int column) => new($"a {row.GetName(column)} is empty");
}
