using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>
/// The journal as tables of the schema <c>telemetry</c>: those of the embedded file, and a row a station that gives out its positions.
/// </summary>
internal static class PostgresSchema
{
    /// <summary>Makes what is missing.</summary>
    public const string Tables = """
        CREATE SCHEMA IF NOT EXISTS telemetry;
        CREATE SEQUENCE IF NOT EXISTS catalogue_used;
        CREATE TABLE IF NOT EXISTS catalogue(
            id TEXT PRIMARY KEY, edge TEXT NOT NULL, station TEXT NOT NULL, used BIGINT NOT NULL, body BYTEA NOT NULL);
        CREATE INDEX IF NOT EXISTS catalogue_by_station ON catalogue(station, edge, used);
        -- Held until the commit by whoever appends for the station: its positions are contiguous in the order of the commits.
        CREATE TABLE IF NOT EXISTS station(id TEXT PRIMARY KEY, position BIGINT NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS batch(
            station TEXT NOT NULL, position BIGINT NOT NULL,
            edge TEXT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL,
            catalogue TEXT NOT NULL, content INTEGER NOT NULL, encoding INTEGER NOT NULL, points INTEGER NOT NULL,
            from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL, known_at BIGINT NOT NULL, crc32c BIGINT NOT NULL, payload BYTEA NOT NULL,
            held BIGINT NOT NULL,
            PRIMARY KEY(station, position), UNIQUE(edge, epoch, lane, sequence));
        -- It came compressed. Asked first, because to alter locks out everybody else.
        DO $$ BEGIN
            IF (SELECT attstorage FROM pg_attribute WHERE attrelid = 'batch'::regclass AND attname = 'payload') <> 'e' THEN
                ALTER TABLE batch ALTER COLUMN payload SET STORAGE EXTERNAL;
            END IF;
        END $$;
        CREATE INDEX IF NOT EXISTS batch_by_time ON batch(station, content, to_ms, from_ms);
        -- More than a day: a clock went wrong. Rare, so that every read can look at them all.
        CREATE INDEX IF NOT EXISTS batch_long ON batch(station, content, from_ms) WHERE to_ms - from_ms > 86400000;
        CREATE TABLE IF NOT EXISTS watermark(
            edge TEXT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL, crc32c BIGINT NOT NULL,
            PRIMARY KEY(edge, epoch, lane)) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS aside(
            edge TEXT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL,
            known_at BIGINT NOT NULL, reason TEXT NOT NULL, points INTEGER NOT NULL, payload BYTEA NOT NULL,
            UNIQUE(edge, epoch, lane, sequence));
        CREATE TABLE IF NOT EXISTS clock_stamp(
            station TEXT NOT NULL, edge TEXT NOT NULL, boot TEXT NOT NULL, offset_ms BIGINT NOT NULL,
            from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL, PRIMARY KEY(station, edge, boot, offset_ms));
        CREATE TABLE IF NOT EXISTS clock_fix(
            edge TEXT NOT NULL, boot TEXT NOT NULL, uptime_ms BIGINT NOT NULL, offset_ms BIGINT NOT NULL, known_at BIGINT NOT NULL,
            PRIMARY KEY(edge, boot, uptime_ms));
        CREATE TABLE IF NOT EXISTS series(
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, station TEXT NOT NULL, tag TEXT NOT NULL, declaration TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS gap(
            station TEXT NOT NULL, position BIGINT NOT NULL, tag TEXT NOT NULL, from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL,
            reason TEXT NOT NULL, samples BIGINT NOT NULL, PRIMARY KEY(station, position, tag, from_ms));
        CREATE TABLE IF NOT EXISTS latest(
            station TEXT NOT NULL, declaration TEXT NOT NULL, at BIGINT NOT NULL, count BIGINT NOT NULL, quality BIGINT NOT NULL,
            PRIMARY KEY(station, declaration));
        CREATE TABLE IF NOT EXISTS latest_to(station TEXT PRIMARY KEY, position BIGINT NOT NULL);
        -- The sealed months, each a partition of the four tables below.
        CREATE TABLE IF NOT EXISTS sealed_month(
            month INTEGER PRIMARY KEY, origin BIGINT NOT NULL DEFAULT (1 + floor(random() * 9e15))::bigint);
        -- What stays of months that expired.
        CREATE TABLE IF NOT EXISTS minute_day(series BIGINT NOT NULL, day BIGINT NOT NULL, runs BYTEA NOT NULL, PRIMARY KEY(series, day));
        CREATE TABLE IF NOT EXISTS minute_month(month BIGINT PRIMARY KEY, origin BIGINT NOT NULL, through BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS minute_seal(
            station TEXT NOT NULL, month BIGINT NOT NULL, sealed_to BIGINT NOT NULL, PRIMARY KEY(station, month));
        CREATE TABLE IF NOT EXISTS seal(
            station TEXT NOT NULL, hour BIGINT NOT NULL, sealed_to BIGINT NOT NULL, PRIMARY KEY(station, hour)) PARTITION BY RANGE(hour);
        CREATE TABLE IF NOT EXISTS block(
            id BIGINT NOT NULL, station TEXT NOT NULL, hour BIGINT NOT NULL, grp TEXT NOT NULL, first_frame BIGINT NOT NULL,
            frames BIGINT NOT NULL, points BIGINT NOT NULL, instants BYTEA NOT NULL,
            PRIMARY KEY(id, hour)) PARTITION BY RANGE(hour);
        CREATE INDEX IF NOT EXISTS block_by_hour ON block(station, hour);
        CREATE TABLE IF NOT EXISTS frame(
            id BIGINT NOT NULL, hour BIGINT NOT NULL, series BIGINT NOT NULL, samples BYTEA NOT NULL,
            PRIMARY KEY(id, hour)) PARTITION BY RANGE(hour);
        CREATE TABLE IF NOT EXISTS series_day(
            series BIGINT NOT NULL, day BIGINT NOT NULL, hours BYTEA NOT NULL, PRIMARY KEY(series, day)) PARTITION BY RANGE(day);
        """;

    /// <summary>
    /// Connections to the tables. Every commit is on the server's disk when it returns, whatever the server's or the user's default.
    /// </summary>
    public static NpgsqlDataSource Source(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "telemetry", ApplicationName = "AirIsland" };
        // Every process of a cluster has its own: together less than a server gives out by default.
        if (!parts.ContainsKey("Maximum Pool Size")) parts.MaxPoolSize = 20;
        if (!parts.ContainsKey("Timeout")) parts.Timeout = 5;
        parts.Options = $"{parts.Options} -c synchronous_commit=on".Trim();
        return NpgsqlDataSource.Create(parts);
    }
}
