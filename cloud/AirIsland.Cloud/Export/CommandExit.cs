using System.CommandLine;

namespace AirIsland.Cloud.Export;

/// <summary>How a command ends: 0 done, 1 failed, 2 wrong call; what went wrong is said in one line on the error output.</summary>
internal static class CommandExit
{
    /// <summary>An option that is an address of a running cloud.</summary>
    public static Option<Uri> Address(string name, string description, string standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => new Uri(standard),
        CustomParser = said =>
        {
            var text = said.Tokens.SingleOrDefault()?.Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")) return address;
            said.AddError($"{name} '{text}' is no http:// or https:// address");
            return null;
        },
    };

    public static Task<int> InvokeAsync(RootCommand command, IReadOnlyList<string> args, TextWriter error)
    {
        var call = command.Parse(args);
        return call.Errors.Count == 0
            ? call.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Error = error })
            : Task.FromResult(Wrong(error, string.Join('\n', call.Errors.Select(e => e.Message))));
    }

    public static async Task<int> GuardAsync(TextWriter error, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is ImportException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    public static int Wrong(TextWriter error, string message)
    {
        error.WriteLine(message);
        return 2;
    }
}
