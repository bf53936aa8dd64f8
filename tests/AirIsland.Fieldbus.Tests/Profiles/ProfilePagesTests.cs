namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>The page beside each shipped profile says what the profile says.</summary>
public class ProfilePagesTests
{
    public static TheoryData<string> Ids => [.. ShippedProfiles.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_profile_has_a_page_that_names_its_source_and_counts_what_is_verified(string id)
    {
        var profile = ShippedProfiles.Load(id);
        var page = string.Join(' ', ShippedProfiles.Page(id).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.StartsWith($"# {profile.Name} ", page, StringComparison.Ordinal);
        Assert.Contains(profile.Source, page, StringComparison.Ordinal);
        var verified = profile.Points.Count(p => p.Verified);
        Assert.Contains($"**Verified.** {verified} of {profile.Points.Count} points", page, StringComparison.Ordinal);
        Assert.Contains("**Traps.**", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_page_is_left_of_a_profile_that_is_gone() =>
        Assert.Equal(ShippedProfiles.Ids.Order(StringComparer.Ordinal), ShippedProfiles.Pages.Order(StringComparer.Ordinal));
}
