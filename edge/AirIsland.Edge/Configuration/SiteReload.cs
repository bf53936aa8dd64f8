using System.Net.Sockets;
using System.Text;
using AirIsland.Edge.Metering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// Looks at the settings file and the device profiles, and brings what changed in them into force: device by device, by content. What
/// cannot be brought into force is said, and the site stays what it was.
/// </summary>
/// <remarks>
/// It looks instead of being told: notifications are lost on network disks and when a file is put in the place of another.
/// </remarks>
public sealed partial class SiteReload(
    SettingsSource source, SiteSettings first, SiteChanger changer, EdgeStatus status, ILogger<SiteReload> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private SiteSettings _inForce = first;
    private byte[] _content = source.Content;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Keep("");
        // Real time, also when the process runs on scaled time: files are real.
        using var timer = new PeriodicTimer(Every);
        // Nothing is known at first: the files may have changed since they were read for the start.
        for (string last = Look(), known = ""; await NextAsync(timer, stoppingToken);)
        {
            var now = Look();
            // Twice the same: nobody is writing it any more.
            if (now != known && now == last) await ReloadAsync(known = now);
            last = now;
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ReloadAsync(string look)
    {
        try
        {
            var content = SettingsFile.Read(source.Path);
            var next = SiteSettings.Read(source.Path, content, source.Args);
            var change = SettingsChange.Between(_inForce, next);
            if (change.NeedRestart.Count > 0) LogNeedsRestart(logger, string.Join(", ", change.NeedRestart));
            // What only a restart brings into force stays as it is, also in what later changes are compared with.
            var (endpoints, devices, calculated) = (next.Options.Endpoints, next.Options.Devices, next.Options.Calculated);
            next = next with { Options = _inForce.Options with { Endpoints = endpoints, Devices = devices, Calculated = calculated } };
            if (!change.IsNone) await changer.ChangeAsync(next);
            var isNews = !change.IsNone || !content.SequenceEqual(_content);
            (_inForce, _content) = (next, content);
            Keep(look);
            if (isNews) LogInForce(logger, status.Generation, look, change);
        }
        catch (OptionsValidationException e)
        {
            status.ReloadRefused();
            LogRefused(logger, source.Path, string.Join("; ", e.Failures));
        }
        catch (Exception e) when (e is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            status.ReloadRefused();
            LogRefused(logger, source.Path, e.Message);
        }
    }

    private void Keep(string look)
    {
        try
        {
            status.Reloaded(changer.Keep(source.Path, _content), look);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, e.Message);
        }
    }

    /// <summary>The content of all that the settings are made of, as the first digits of its hash.</summary>
    private string Look()
    {
        var all = new StringBuilder();
        try
        {
            foreach (var file in ProfileFolder.Files(_inForce.Options.ProfilesPath).Prepend(source.Path)) all.AppendLine(HashOf(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed, for now perhaps, is no reason to stop measuring.
            all.AppendLine("none");
        }
        return SiteSettings.HashOf(Encoding.UTF8.GetBytes(all.ToString()))[..8];
    }

    private static string HashOf(string file)
    {
        try
        {
            return $"{Path.GetFileName(file)} {SiteSettings.HashOf(SettingsFile.Read(file))}";
        }
        catch (OptionsValidationException)
        {
            // Gone or unreadable, for now perhaps: that too is something to look at.
            return $"{Path.GetFileName(file)} none";
        }
    }
}
