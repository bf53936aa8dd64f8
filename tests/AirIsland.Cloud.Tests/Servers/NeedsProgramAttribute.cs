namespace AirIsland.Cloud.Tests.Servers;

/// <summary>The tests of a class need a program of the machine; where it is missing they are left out, saying why.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsProgramAttribute(string program) : Attribute
{
    private const string Administrators = "/usr/sbin:/usr/local/sbin:/usr/lib/postgresql/15/bin";

    public string Program { get; } = program;

    /// <summary>Full path of a program, also of those in the directories for administrators.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:{Administrators}".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);
}
