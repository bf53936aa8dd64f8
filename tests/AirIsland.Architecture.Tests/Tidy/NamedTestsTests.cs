using System.Text.RegularExpressions;

namespace AirIsland.Architecture.Tests.Tidy;

/// <summary>A page that says which test shows what must not outlive a test's name.</summary>
public sealed partial class NamedTestsTests
{
    [Fact]
    public void Every_test_that_a_page_of_the_tests_names_exists() =>
        Missing(Repository.Files.Where(f => f.IsUnder("tests/") && f.Name == "README.md"), Repository.Files).MustHold(atLeast: 60);

    [Fact]
    public void A_test_that_was_renamed_is_found()
    {
        SourceFile page = new("tests/A/README.md", "| 1 | a lesson | `It_holds`, `It_was_renamed` |");
        SourceFile code = new("tests/A/ATests.cs", "public class ATests { public void It_holds() { } }");

        Missing([page], [code]).MustBreak("It_was_renamed");
    }

    private static Verdict Missing(IEnumerable<SourceFile> pages, IEnumerable<SourceFile> files)
    {
        var methods = files.Where(f => f.IsCSharp && f.IsUnder("tests/"))
            .SelectMany(f => Method().Matches(f.Text)).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var named = pages.SelectMany(p => Named().Matches(p.Text).Select(m => (Page: p, Test: m.Groups[1].Value))).ToArray();
        return new(named.Length, [.. named.Where(n => !methods.Contains(n.Test)).Select(n => $"{n.Page.Path}: no test {n.Test}")]);
    }

    [GeneratedRegex(@"\b(?:Task|void) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex Named();
}
