using System.CommandLine;
using System.Text.Json;
using AirIsland.Storage.Telemetry.Embedded;

namespace AirIsland.Cloud.Backup;

/// <summary>
/// <c>AirIsland.Cloud backup | restore | check</c>: what an administrator does with a data directory. Exit 0 done, 1 failed or faults
/// found, 2 wrong call.
/// </summary>
public static class StoreCommands
{
    /// <summary>The first words of a call that is one of these.</summary>
    public static readonly IReadOnlySet<string> Verbs = new HashSet<string>(StringComparer.Ordinal) { "backup", "restore", "check" };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TimeProvider time)
    {
        var call = new RootCommand("Backup, restore and check of a data directory.") { Backup(time), Restore(time), Check() }.Parse(args);
        if (call.Errors.Count > 0)
        {
            foreach (var error in call.Errors) await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        return await call.InvokeAsync();
    }

    private static Command Backup(TimeProvider time)
    {
        var (data, into) = (Data(), new Option<string>("--out") { Description = "Missing or empty directory.", Required = true });
        var command = new Command("backup", "Copies store and ledger, while the cloud runs or not.") { data, into };
        command.SetAction(async (call, cancellationToken) => await TryAsync(async () =>
        {
            var manifest = await StoreBackup.TakeAsync(
                call.GetRequiredValue(data), call.GetRequiredValue(into), time, Patience, cancellationToken);
            Console.WriteLine($"{manifest.Files.Count} files, {manifest.Files.Sum(f => f.Bytes)} bytes");
            return 0;
        }));
        return command;
    }

    private static Command Restore(TimeProvider time)
    {
        var (from, data) = (new Option<string>("--from") { Description = "Directory of a backup.", Required = true }, Data());
        var command = new Command("restore", "Puts a backup into an empty data directory and locks invoicing there.") { from, data };
        command.SetAction(async (call, _) => await TryAsync(() =>
        {
            var manifest = StoreBackup.Restore(call.GetRequiredValue(from), call.GetRequiredValue(data), time);
            Console.WriteLine($"restored what was there on {manifest.TakenAt:O}; no invoice is issued until an administrator confirms");
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Command Check()
    {
        var data = Data();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var quick = new Option<bool>("--quick") { Description = "Does not compare SQLite's indexes with their tables." };
        var setAside = new Option<bool>("--set-aside")
        {
            Description = "Renames damaged months and salvages what decodes; the cloud must not run.",
        };
        var command = new Command("check", "Reads store and ledger and names what is damaged.") { data, json, quick, setAside };
        command.SetAction(async (call, cancellationToken) => await TryAsync(() =>
        {
            var directory = call.GetRequiredValue(data);
            var check = new StoreCheck(directory, call.GetValue(quick));
            var faults = check.Run(cancellationToken);
            var salvaged = call.GetValue(setAside) ? Salvage(directory, faults) : [];
            if (call.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { looked = check.Looked, faults, salvaged }, Json));
            else Print(check, faults, salvaged);
            return Task.FromResult(faults.Count == 0 ? 0 : 1);
        }));
        return command;
    }

    private static List<Salvaged> Salvage(string directory, IReadOnlyList<StoreFault> faults)
    {
        var months = faults.Select(f => f.File).Where(f => f.StartsWith("levels-", StringComparison.Ordinal)).Distinct();
        var done = new List<Salvaged>();
        foreach (var month in months)
        {
            var (aside, lost) = MonthSalvage.Run(Path.Combine(directory, month));
            done.Add(new(month, Path.GetFileName(aside), lost));
        }
        return done;
    }

    private static void Print(StoreCheck check, IReadOnlyList<StoreFault> faults, List<Salvaged> salvaged)
    {
        foreach (var f in faults) Console.WriteLine(Line(f));
        foreach (var (month, aside, lost) in salvaged)
        {
            Console.WriteLine($"{month} is {aside} now; lost: {(lost.Count == 0 ? "nothing" : "")}");
            foreach (var f in lost) Console.WriteLine("  " + Line(f));
        }
        Console.WriteLine($"{check.Looked} rows, {faults.Count} faults");
    }

    private static string Line(StoreFault fault) =>
        string.Join(' ', new[] { fault.File, fault.Table, fault.Row, fault.Hour is { } h ? $"hour {h}" : "" }.Where(w => w.Length > 0))
        + ": " + fault.What;

    private static async Task<int> TryAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static Option<string> Data() => new("--data")
    {
        Description = "The data directory of the cloud.",
        DefaultValueFactory = _ => new CloudOptions().Data,
    };

    private sealed record Salvaged(string Month, string SetAside, IReadOnlyList<StoreFault> Lost);
}
