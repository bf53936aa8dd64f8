using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// How the outbox's file is opened: as it is; or, when it is damaged, what can be read of it in a new file, and the damaged one set aside
/// by name; or, when the disk has no room for that or does not take it, a new file with a gap. Damage that shows itself later leaves a
/// note, so that the next start finds it.
/// </summary>
internal sealed partial class OutboxOpening(OutboxOptions options, CatalogueContent catalogue, TimeProvider time, ILogger logger)
{
    private readonly string _path = Path.Combine(options.Directory, OutboxStore.FileName);
    private readonly SalvageSwap _swap = new(options.Directory);

    /// <exception cref="OutboxException">It belongs to another edge; or it is damaged, and the disk takes no new one at all.</exception>
    /// <exception cref="SqliteException">The disk does not give it, or does not take it.</exception>
    public OutboxContents Open(LinkState link)
    {
        if (_swap.Resume() is { } aside) LogResumed(logger, aside);
        foreach (var file in _swap.Unmended) LogUnmended(logger, file);
        var salvage = new OutboxSalvage(_path, _swap.Draft, catalogue, time.GetUtcNow());
        var damage = Known();
        try
        {
            if (damage is null) return OpenAsItIs(link);
        }
        catch (Exception e) when (OutboxDamagedException.Says(e))
        {
            damage = e.Message;
        }
        Mend(salvage, damage);
        return OpenAsItIs(link);
    }

    /// <summary>Leaves a note that the file is damaged, and says so.</summary>
    public void Suspect(Exception damage)
    {
        LogSuspect(logger, damage.Message);
        try
        {
            File.WriteAllText(_swap.Note, damage.Message.ReplaceLineEndings(" "));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that takes no note: the next start opens the file as it is, and finds the damage again.
        }
    }

    // What is known of its damage before it is opened.
    private string? Known()
    {
        if (!File.Exists(_path)) File.Delete(_swap.Note);
        if (!File.Exists(_path)) return null;
        // SQLite would take it for a new one, and nobody would hear of what is gone.
        if (new FileInfo(_path).Length == 0) return "it is empty";
        return File.Exists(_swap.Note) ? File.ReadAllText(_swap.Note) : null;
    }

    private void Mend(OutboxSalvage salvage, string damage)
    {
        try
        {
            // The new file may need the room.
            new OutboxReserve(options.Directory, 0).Release();
            if (TryMake(salvage, out var refusal) is { } saved)
            {
                var aside = _swap.Adopt(time.GetUtcNow(), isMended: true);
                LogDamaged(logger, damage, aside, saved.Batches, saved.Lost, saved.IsSameEpoch ? "goes on" : "is new");
                return;
            }
            salvage.Begin();
            var whole = _swap.Adopt(time.GetUtcNow(), isMended: false);
            LogSetAside(logger, damage, refusal, whole);
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            SalvageSwap.Remove(_swap.Draft);
            var message = $"it is damaged ({damage}) and could not be mended; it was left as it is: {e.Message}";
            throw new OutboxException(options.Directory, new IOException(message, e));
        }
    }

    // No room for a second copy of what waits, or a disk that does not take it: that would be so at the next start, too, and measuring
    // would not go on. (What a read says of a bad sector is that the file is damaged: only that page is left out.)
    private static (long Batches, long Lost, bool IsSameEpoch)? TryMake(OutboxSalvage salvage, out string refusal)
    {
        try
        {
            refusal = "";
            return salvage.Make();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR)
        {
            refusal = e.Message;
            return null;
        }
    }

    private OutboxContents OpenAsItIs(LinkState link)
    {
        var file = new OutboxFile(_path, options.MaxFileBytes, catalogue);
        try
        {
            var owner = OutboxSchema.Claim(file.Connection, options.Owner);
            if (owner != options.Owner) throw new OutboxException(options.Directory, options.Owner, owner);
            file.Load();
            _ = file.LoadMarks().Count();
            return new(file, options, link, time);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The outbox was damaged ({Damage}) and was set aside as {File}: {Batches} batches were read from it, {Lost} were lost "
            + "and recorded as gaps; its numbering {Numbering}")]
    private static partial void LogDamaged(ILogger logger, string damage, string file, long batches, long lost, string numbering);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The outbox was damaged and its mending had been broken off; it was finished, and the damaged one set aside as {File}")]
    private static partial void LogResumed(ILogger logger, string file);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The outbox was damaged ({Damage}) and could not be mended: {Refusal}. It was set aside as {File}, with all that it "
            + "holds, and a new one begun, with a gap; what waited in it is not sent until somebody mends it")]
    private static partial void LogSetAside(ILogger logger, string damage, string refusal, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An outbox that could not be mended is still there, with all that it holds: {File}")]
    private static partial void LogUnmended(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The outbox was found damaged ({Damage}); the next start makes it anew")]
    private static partial void LogSuspect(ILogger logger, string damage);
}
