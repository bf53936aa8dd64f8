using AirIsland.Simulators.Scenarios;
using AirIsland.Simulators.Scenarios.Events;
using AirIsland.Simulators.Scenarios.Recording;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>What holds in every scenario with meters, whatever happens in it.</summary>
public class EveryScenarioTests
{
    public static TheoryData<string> Names => [.. ScenarioFile.Names.Where(n => n is not ("moushan" or "demo"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_truth_balances_and_names_what_happened_when(string name)
    {
        var run = RecordedScenario.Of(name);
        var truth = run.Truth;

        Assert.Equal((name, run.File.Start, run.File.Start.AddDays(run.File.Days)), (truth.Scenario, truth.From, truth.To));
        Assert.Equal(0, truth.Air.ResidualShare, 1e-9);
        Assert.Equal(0, truth.Energy.ResidualShare, 1e-9);
        Assert.Equal(truth.Air.MeteredM3, truth.Companies.Sum(c => c.MeteredM3), 1e-6);
        Assert.Equal(truth.Energy.ElectricKWh / truth.Air.MeteredM3, truth.KWhPerM3);
        Assert.Equal(run.File.Events.Select(e => e.Name), truth.Events.Select(e => e.Name));
        Assert.All(truth.Events.Zip(run.File.Events), pair =>
        {
            Assert.Equal(run.File.Start + pair.Second.From, pair.First.From);
            Assert.Equal(run.File.Start + pair.Second.To, pair.First.To);
            // By type and by all that it says.
            Assert.Equal(pair.Second.GetType(), pair.First.Event.GetType());
        });
        Assert.Equal(run.File.Days, truth.Days.Length);
        // What came through a meter was used, leaked, or is in the pipe: a few m³.
        Assert.All(truth.Companies, c => Assert.Equal(c.MeteredM3, c.UsedM3 + c.LeakedM3, 60.0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_meter_that_is_in_order_counts_what_passed_within_its_class(string name)
    {
        var run = RecordedScenario.Of(name);
        var faulty = run.File.Events.OfType<MeterEvent>().Select(e => e.Meter).ToHashSet();
        var judged = 0;
        foreach (var meter in run.Truth.Meters.Where(m => !faulty.Contains(m.Id)))
        {
            foreach (var register in meter.Registers.Where(r => r.Point is "AccumulatedVolume" or "electrical/Energy"))
            {
                var limit = register.Point == "AccumulatedVolume" ? 0.015 : 0.005;
                // One count at each end, and what flows below the cut-off.
                Assert.Equal(register.Passed, (double)(register.Last - register.First), register.Passed * limit + 12);
                judged++;
            }
        }
        Assert.True(judged >= 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_data_have_a_row_a_minute_and_gaps_only_where_nobody_answered(string name)
    {
        var run = RecordedScenario.Of(name);
        Assert.Equal(run.File.Days * 86_400 / run.File.EverySeconds + 1, run.Rows);

        var silences = run.File.Events.OfType<NetworkEvent>().ToArray();
        foreach (var column in run.Columns.Where(c => c.Contains('/')))
            Assert.All(run.Gaps(column), at => Assert.Contains(silences, s => s.From <= at && at < s.To));
    }

    [Fact]
    public void The_same_seed_writes_the_same_files_to_the_last_byte_and_another_seed_others()
    {
        var (one, two, three) = (Files(1), Files(1), Files(2));

        Assert.Equal(one, two);
        Assert.NotEqual(one["data.csv"], three["data.csv"]);

        static Dictionary<string, string> Files(ulong seed)
        {
            var directory = Directory.CreateTempSubdirectory("scenario-");
            try
            {
                var scenario = ScenarioFile.Load("valve-stuck");
                ScenarioRecorder.Record(scenario, scenario.Stations[0], 12 * 3600, seed, directory.FullName, CancellationToken.None);
                return directory.GetFiles().ToDictionary(f => f.Name, f => File.ReadAllText(f.FullName));
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        }
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_no_truth_not_even_that_of_an_earlier_one()
    {
        var directory = Directory.CreateTempSubdirectory("scenario-");
        try
        {
            var truth = Path.Combine(directory.FullName, ScenarioRecorder.TruthName);
            File.WriteAllText(truth, "{}");
            var scenario = ScenarioFile.Load("valve-stuck");

            Assert.Throws<OperationCanceledException>(
                () => ScenarioRecorder.Record(scenario, scenario.Stations[0], 60, 1, directory.FullName, new(canceled: true)));
            Assert.False(File.Exists(truth));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
