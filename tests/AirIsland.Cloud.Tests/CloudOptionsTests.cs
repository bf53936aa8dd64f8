using Microsoft.Extensions.Options;

namespace AirIsland.Cloud.Tests;

/// <summary>Settings that cannot be are named, before anything is opened.</summary>
public sealed class CloudOptionsTests
{
    [Theory]
    [InlineData("Cloud:Cluster 'park' needs Cloud:Store Postgres", "--Cloud:Cluster=park")]
    [InlineData("Cloud:Cluster is not 1 to 64", "--Cloud:Cluster=a_b", "--Cloud:Store=Postgres", "--Cloud:Postgres=Host=a;Database=b")]
    [InlineData("Cloud:Postgres names no Host", "--Cloud:Store=Postgres")]
    [InlineData("Cloud:Postgres names no Database", "--Cloud:Store=Postgres", "--Cloud:Postgres=Host=127.0.0.1")]
    [InlineData("Cloud:Postgres is no connection string", "--Cloud:Store=Postgres", "--Cloud:Postgres=S3cretWord")]
    [InlineData("Cloud:Postgres is no connection string", "--Cloud:Store=Postgres", "--Cloud:Postgres=Host=a;Database=b;S3cretWord=c")]
    [InlineData("Cloud:Postgres is no connection string", "--Cloud:Store=Postgres", "--Cloud:Postgres=Host=a;Database=b;Port=S3cretWord")]
    [InlineData("Cloud:SiloAddress '*' is no address of a machine", "--Cloud:SiloAddress=*")]
    [InlineData("Cloud:SiloAddress '0.0.0.0' is no address of a machine", "--Cloud:SiloAddress=0.0.0.0")]
    public void A_wrong_setting_is_named_and_no_secret_is(string expected, params string[] settings)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => CloudApp.Build(settings));

        Assert.StartsWith(expected, Assert.Single(failure.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("S3cretWord", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_nobody_knows_is_named()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => CloudApp.Build(["--Cloud:Store=Oracle"]));

        Assert.Contains("Cloud:Store", failure.Message, StringComparison.Ordinal);
    }
}
