namespace AirIsland.Architecture.Tests.Addresses;

public sealed class AddressTests
{
    [Fact]
    public void Each_technology_lives_at_its_address() => AddressRule.Judge(Repository.Product, TechnologyTable.Rows).MustHold(atLeast: 40);

    [Fact]
    public void Addresses_are_inside_projects_that_exist()
    {
        var projects = Repository.Product.Where(f => f.IsProject).Select(f => f.Path[..(f.Path.LastIndexOf('/') + 1)]).ToArray();

        var addresses = TechnologyTable.Rows.SelectMany(r => r.Addresses);

        Assert.All(addresses, a => Assert.Contains(projects, p => a.StartsWith(p, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("cloud/AirIsland.Cloud/Api/A.cs", "using Orleans.Hosting;")]
    [InlineData("cloud/AirIsland.Cloud/Ingest/A.cs", "class A { Orleans.Runtime.IGrainContext? _context; }")]
    [InlineData("cloud/AirIsland.Cloud/Api/A.cs", "class A(IGrainFactory grains);")]
    [InlineData("cloud/AirIsland.Cloud/Program.cs", "using Orleans;")]
    [InlineData("edge/AirIsland.Edge/Drivers/A.cs", "using System.Reactive.Linq;")]
    [InlineData("cloud/AirIsland.Cloud/Stations/StationGrain.cs", "using static System.Reactive.Linq.Observable;")]
    [InlineData("edge/AirIsland.Edge/Outbox/A.cs", "using Up = AirIsland.Proto.Telemetry.V1.Up;")]
    [InlineData("edge/AirIsland.Edge/Pipeline/A.cs", "namespace AirIsland.Edge.Pipeline; class A(Proto.Telemetry.V1.Batch b);")]
    [InlineData("cloud/AirIsland.Domain/Leak/A.cs", "using Microsoft.ML;")]
    [InlineData("cloud/AirIsland.Cloud/Dispatch/A.cs", "using Google.OrTools.LinearSolver;")]
    [InlineData("cloud/AirIsland.Storage/Telemetry/A.cs", "class A(Microsoft.EntityFrameworkCore.DbContext context);")]
    [InlineData("simulators/AirIsland.Simulators/Physics/A.cs", "using MQTTnet;")]
    [InlineData("cloud/AirIsland.Cloud/Reports/A.cs", "class A { object B() => new global::Microsoft.Data.Sqlite.SqliteConnection(); }")]
    [InlineData("cloud/AirIsland.Storage/Telemetry/Blocks/A.cs", "using Npgsql;")]
    [InlineData("cloud/AirIsland.Web/Twin/A.razor", "@using Orleans\n<p>7.2 bar</p>")]
    [InlineData("cloud/AirIsland.Web/Twin/A.razor", "@inject Microsoft.EntityFrameworkCore.DbContext Context")]
    public void A_technology_away_from_home_is_found(string path, string text) => Judge(path, text).MustBreak("does not live here");

    [Theory]
    [InlineData("cloud/AirIsland.Models/A.cs", "global using Microsoft.ML;")]
    [InlineData("cloud/AirIsland.Storage/A.csproj", """<Project><Using Include="Microsoft.Data.Sqlite" /></Project>""")]
    public void A_technology_opened_to_a_whole_project_is_found(string path, string text) =>
        Judge(path, text).MustBreak("to the whole project");

    [Theory]
    [InlineData("cloud/AirIsland.Cloud/CloudApp.Silo.cs", "using Orleans.Hosting;")]
    [InlineData("cloud/AirIsland.Cloud/Stations/TwinFeed.Rate.cs", "using System.Reactive.Linq;")]
    [InlineData("edge/AirIsland.Edge/Drivers/Mqtt/A.cs", "using MQTTnet;")]
    [InlineData("cloud/AirIsland.Storage/Ledger/A.cs", "using Microsoft.Data.Sqlite; using Microsoft.EntityFrameworkCore;")]
    [InlineData("edge/AirIsland.Edge/Outbox/A.cs", "using AirIsland.Proto.Columns; // not Google.Protobuf")]
    [InlineData("cloud/AirIsland.Cloud/Api/A.cs", "using MQTTnetwork; class A { int Grains => 0; }")]
    public void A_technology_at_home_and_a_name_that_only_looks_like_one_are_accepted(string path, string text) =>
        Judge(path, text).MustHold();

    private static Verdict Judge(string path, string text) => AddressRule.Judge([new(path, text)], TechnologyTable.Rows);
}
