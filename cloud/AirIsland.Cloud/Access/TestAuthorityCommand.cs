using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace AirIsland.Cloud.Access;

/// <summary><c>AirIsland.Cloud ca</c>: makes certificates to try the link with. Exit 0 done, 1 failed, 2 wrong call.</summary>
public static partial class TestAuthorityCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Directory of the authority; made if need be.",
        Required = true,
    };

    private static readonly Option<string[]> Edge = new("--edge")
    {
        Description = "Id of an edge that gets a new certificate; may be repeated.",
    };

    private static readonly Option<string[]> Host = new("--host")
    {
        Description = "Name or address by which edges call the cloud; may be repeated.",
        DefaultValueFactory = _ => ["localhost", "127.0.0.1"],
    };

    private static readonly Option<string[]> Revoke = new("--revoke")
    {
        Description = "Id of an edge whose certificate is put on revoked.crl; may be repeated.",
    };

    private static readonly Option<int> Days = new("--days")
    {
        Description = "How long certificates are valid, 1 to 3650.",
        DefaultValueFactory = _ => 365,
    };

    public static int Run(IReadOnlyList<string> args, TimeProvider time)
    {
        var command = new RootCommand("A small test authority: makes certificates of the cloud and of edges as PEM files.")
        {
            Out, Edge, Host, Revoke, Days,
        };
        command.SetAction(parsed =>
        {
            var (edges, revoked, days) = (parsed.GetValue(Edge) ?? [], parsed.GetValue(Revoke) ?? [], parsed.GetValue(Days));
            foreach (var edge in edges.Concat(revoked))
            {
                // These are the names of its own files.
                if (edge is "ca" or "cloud" || !Id().IsMatch(edge)) return Wrong($"'{edge}' is no edge id");
            }
            if (days is < 1 or > 3650) return Wrong($"--days {days} is not between 1 and 3650");
            return Make(parsed.GetRequiredValue(Out), edges, revoked, parsed.GetValue(Host) ?? [], TimeSpan.FromDays(days), time);
        });
        var call = command.Parse(args);
        return call.Errors.Count == 0 ? call.Invoke() : Wrong(string.Join('\n', call.Errors.Select(e => e.Message)));
    }

    private static int Make(string directory, string[] edges, string[] revoked, string[] hosts, TimeSpan validFor, TimeProvider time)
    {
        try
        {
            var authority = new TestAuthority(directory, time.GetUtcNow());
            // A call for an edge leaves the cloud's certificate as it is.
            if (edges.Length + revoked.Length == 0 || !File.Exists(Path.Combine(directory, "cloud.pem")))
                authority.IssueCloud(hosts, validFor);
            foreach (var edge in edges) authority.IssueEdge(edge, validFor);
            foreach (var edge in revoked) authority.Revoke(edge);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Wrong(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex Id();
}
