using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// How the outbox's file is opened: as it is; or, when it is damaged, what can be read of it in a new file, and the damaged one set aside
/// by name. Damage that shows itself later leaves a note, so that the next start finds it.
/// </summary>
internal sealed partial class OutboxOpening(OutboxOptions options, CatalogueContent catalogue, TimeProvider time, ILogger logger)
{
    private readonly string _path = Path.Combine(options.Directory, OutboxStore.FileName);
    private readonly FileInfo _note = new(Path.Combine(options.Directory, "outbox.suspect"));

    /// <exception cref="OutboxException">It belongs to another edge.</exception>
    /// <exception cref="SqliteException">The disk does not give it, or does not take it.</exception>
    public OutboxContents Open(LinkState link)
    {
        var damage = _note.Exists ? File.ReadAllText(_note.FullName) : null;
        // SQLite would take it for a new one, and nobody would hear of what is gone.
        if (File.Exists(_path) && new FileInfo(_path).Length == 0) damage = "it is empty";
        try
        {
            if (damage is null) return OpenAsItIs(link);
        }
        catch (Exception e) when (OutboxDamagedException.Says(e))
        {
            damage = e.Message;
        }
        var salvage = new OutboxSalvage(options.Directory, time.GetUtcNow());
        var saved = salvage.Run(options.MaxFileBytes, catalogue);
        LogDamaged(logger, damage, salvage.Damaged, saved.Batches, saved.Lost, saved.IsSameEpoch ? "goes on" : "is new");
        _note.Delete();
        return OpenAsItIs(link);
    }

    /// <summary>Leaves a note that the file is damaged, and says so.</summary>
    public void Suspect(Exception damage)
    {
        LogSuspect(logger, damage.Message);
        try
        {
            File.WriteAllText(_note.FullName, damage.Message.ReplaceLineEndings(" "));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that takes no note: the next start opens the file as it is, and finds the damage again.
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

    [LoggerMessage(Level = LogLevel.Critical, Message = "The outbox was found damaged ({Damage}); the next start makes it anew")]
    private static partial void LogSuspect(ILogger logger, string damage);
}
