using AirIsland.Simulators.Devices.Meters.Faults;
using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Scenarios;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>Each scenario by what is special about it; what all have in common is in <see cref="EveryScenarioTests"/>.</summary>
public class FaultScenarioTests
{
    [Fact]
    public void A_growing_leak_of_the_network_loses_what_the_choked_orifice_of_its_size_loses_and_no_meter_sees_it()
    {
        var run = RecordedScenario.Of("leak-network");
        Assert.Equal(0, run.True("flange/lostM3", "1.02:00:00"));
        Assert.Equal(run.True("flange/lostM3", "3.09:30:00"), run.True("flange/lostM3", "3.23:59:00"));

        // In full from 2.02:00 on: 6 mm.
        var (from, to) = ("2.03:00:00", "3.09:00:00");
        var minutes = 30 * 60;
        var pa = run.Mean("headerMPa", from, to) * 1e6 + 101_325;
        // q_FAD = 0.0019863·C_d·A·p₀ in m³/s at 20 °C, to m³ at 101.325 kPa; the header is a little warmer: within 3 %.
        var expected = 0.0019863 * 0.65 * Math.PI / 4 * 0.006 * 0.006 * pa * 60 * minutes * (100_000 / 101_325.0);
        Assert.Equal(1, run.Grew("flange/lostM3", from, to) / expected, 0.03);

        Assert.Equal(run.Event("flange leaks").Amounts["lostM3"], run.Truth.Air.NetworkLeakM3, 1e-6);
        Assert.All(run.Truth.Companies, c => Assert.Equal(0, c.LeakedM3));
        // It begins small: the first hour loses a ninth to a sixth of an hour in full (2 mm of 6 mm, growing).
        Assert.InRange(run.Grew("flange/lostM3", "1.02:00:00", "1.03:00:00") / (expected / 30), 0.1, 0.17);
    }

    [Fact]
    public void A_burst_hose_is_counted_by_the_companys_meter_day_and_night()
    {
        var run = RecordedScenario.Of("leak-behind-meter");
        var night = (From: "1.23:00:00", To: "2.05:00:00");

        Assert.Equal(0, run.Grew("lifode/usedM3", night.From, night.To), 1.0);
        var lost = run.Grew("hose/lostM3", night.From, night.To);
        Assert.InRange(lost, 300, 600);
        Assert.Equal(lost, (double)run.Counted("lifode-flow/AccumulatedVolume", night.From, night.To), lost * 0.02);
        Assert.Equal(0, run.Truth.Air.NetworkLeakM3);
        Assert.Equal(run.Event("hose burst").Amounts["lostM3"], run.Truth.Companies.Single(c => c.Company == "lifode").LeakedM3, 1e-6);
        Assert.Equal(0, run.Grew("hose/lostM3", "2.16:00:00", "3.00:00:00"));
    }

    [Fact]
    public void Of_several_leaks_each_keeps_its_own_account()
    {
        var run = RecordedScenario.Of("leaks-several");
        var lost = run.Truth.Leaks.ToDictionary(l => l.Id, l => l.LostM3);

        Assert.Equal(run.Truth.Air.LeakedM3, lost.Values.Sum(), 1e-6);
        Assert.Equal(lost["flange"], run.Truth.Air.NetworkLeakM3, 1e-6);
        Assert.Equal(lost["flange"], run.Event("flange").Amounts["lostM3"], 1e-6);
        Assert.Equal(lost["songyuan-coupling"], run.Event("coupling").Amounts["lostM3"], 1e-6);
        // The hose leaked from the beginning.
        Assert.True(lost["lifode-hose"] > run.Event("hose grows").Amounts["lostM3"] + 10);
        Assert.Equal([3, 5, 0], run.Truth.Leaks.Select(l => l.DiameterMm));
    }

    [Fact]
    public void A_worn_compressor_takes_more_for_less_until_it_is_overhauled()
    {
        var run = RecordedScenario.Of("compressor-wear");
        var fresh = Specific("0.06:00:00", "0.22:00:00");
        var worn = Specific("9.06:00:00", "9.22:00:00");
        var after = Specific("11.06:00:00", "11.22:00:00");

        // 1.08 times the power for less than 0.88 of the air, while it is loaded.
        Assert.InRange(worn / fresh, 1.17, 1.35);
        Assert.InRange(after / fresh, 0.96, 1.04);

        double Specific(string from, string to) =>
            run.Grew("compressor-1/electricKWh", from, to) / run.Grew("compressor-1/deliveredM3", from, to);
    }

    [Fact]
    public void A_clogged_filter_takes_the_headers_pressure_until_it_is_changed()
    {
        var run = RecordedScenario.Of("filter-clogged");
        var (clean, clogged, changed) = (Working("0.06:00:00"), Working("3.06:00:00"), Working("3.14:00:00"));

        Assert.InRange(clean - clogged, 0.01, 0.2);
        Assert.Equal(clean, changed, 0.006);

        double Working(string from) => run.Mean("headerMPa", from, (TimeSpan.Parse(from, null) + TimeSpan.FromHours(3)).ToString("c"));
    }

    [Fact]
    public void Behind_a_failed_dryer_the_dew_point_rises_to_that_of_the_wet_air_and_its_meter_shows_it()
    {
        var run = RecordedScenario.Of("dryer-failed");
        var wet = run.True("dewPointCelsius", "0.17:50:00");

        Assert.InRange(run.True("dewPointCelsius", "0.07:50:00"), -1, 10);
        Assert.InRange(wet, 20, 45);
        Assert.InRange(run.True("dewPointCelsius", "1.06:00:00"), -1, 10);
        Assert.Equal(wet, (double)(run.Shown("header-dewpoint/PressureDewPoint", "0.17:50:00") ?? -99), 2.0);
    }

    [Fact]
    public void A_stuck_valve_takes_air_and_pressure_from_its_company_only()
    {
        var run = RecordedScenario.Of("valve-stuck");
        var (stuck, free) = (run.Grew("lifode/usedM3", "0.11:00:00", "0.13:00:00"), run.Grew("lifode/usedM3", "0.15:00:00", "0.17:00:00"));

        Assert.True(stuck < 0.9 * free, $"{stuck} against {free}");
        Assert.InRange(
            run.Grew("songyuan/usedM3", "0.12:15:00", "0.13:45:00") / run.Grew("songyuan/usedM3", "0.14:15:00", "0.15:45:00"), 0.9, 1.1);
    }

    [Fact]
    public void A_drain_that_sticks_open_blows_what_its_seat_passes()
    {
        var run = RecordedScenario.Of("drain-stuck");
        var day = run.Event("drain blows").Amounts["drainedM3"];

        // 4 mm, C_d 0.65, a day at about 0.72 MPa gauge: choked. The rest of the time it opens five seconds in ten minutes.
        var pa = (run.Mean("headerMPa", "0.10:00:00", "1.10:00:00") + 0.01) * 1e6 + 101_325;
        var expected = 0.0019863 * 0.65 * Math.PI / 4 * 0.004 * 0.004 * pa * 86_400 * (100_000 / 101_325.0);
        Assert.Equal(1, day / expected, 0.05);
        Assert.True(run.Truth.Air.DrainedM3 - day < 0.03 * day);
    }

    [Fact]
    public void A_tripped_compressor_stands_shows_a_fault_and_the_others_run_on_load_at_a_falling_pressure()
    {
        var run = RecordedScenario.Of("compressor-trip");
        var (from, to) = ("0.09:16:00", "0.13:15:00");

        Assert.Equal(0, run.Grew("compressor-3/deliveredM3", from, to), 1e-3);
        Assert.NotEqual(0, run.Shown("compressor-3/FaultCode", "0.11:00:00"));
        Assert.Equal(0, run.Shown("compressor-3/FaultCode", "0.14:00:00"));
        Assert.True(run.Grew("compressor-3/deliveredM3", "0.13:20:00", "0.16:00:00") > 100);
        Assert.True(run.Grew("compressor-1/deliveredM3", from, to) + run.Grew("compressor-2/deliveredM3", from, to) > 3000);
        Assert.InRange(run.Mean("headerMPa", "0.10:30:00", to), 0.35, 0.6);
        Assert.InRange(run.Mean("headerMPa", "0.13:45:00", "0.16:00:00"), 0.65, 0.75);
    }

    [Fact]
    public void A_frozen_meter_loses_what_passes_and_the_truth_says_how_much()
    {
        var run = RecordedScenario.Of("meter-frozen");
        const string Register = "lifode-flow/AccumulatedVolume";
        var passed = run.Event("frozen").Amounts["AccumulatedVolume passed"];

        Assert.Equal(0, run.Counted(Register, "0.09:01:00", "0.14:59:00"));
        Assert.Equal(run.Grew("lifode/meteredM3", "0.09:00:00", "0.15:00:00"), passed, 0.5);
        Assert.InRange(passed, 5000, 9000);
        var whole = run.Truth.Meters.Single(m => m.Id == "lifode-flow").Registers.Single();
        Assert.Equal(whole.Passed - passed, (double)(whole.Last - whole.First), (whole.Passed - passed) * 0.015);
    }

    [Fact]
    public void A_register_that_was_reset_counts_on_from_zero()
    {
        var run = RecordedScenario.Of("counter-reset");
        const string Register = "songyuan-flow/AccumulatedVolume";
        var (before, after) = (run.Shown(Register, "0.13:39:00"), run.Shown(Register, "0.13:41:00"));

        Assert.True(before > 1000);
        Assert.InRange(after ?? -1, 0, 60);
        var passed = run.Event("reset").Amounts["AccumulatedVolume passed"];
        Assert.Equal(passed, (double)(run.Shown(Register, "2.00:00:00") ?? 0), passed * 0.015);
    }

    [Fact]
    public void An_exchanged_meter_has_another_serial_register_and_error()
    {
        var run = RecordedScenario.Of("meter-exchange");
        var meter = run.Truth.Meters.Single(m => m.Id == "lifode-flow").Truth;

        Assert.Equal("S401-260310", meter.Serial);
        Assert.Equal(-0.008, meter.Points["VolumeFlowRate"].Gain, 1e-9);
        Assert.InRange(run.Shown("lifode-flow/AccumulatedVolume", "1.10:31:00") ?? -1, 12, 60);
        var passed = run.Event("exchange").Amounts["AccumulatedVolume passed"];
        Assert.Equal(passed * 0.992, (double)(run.Shown("lifode-flow/AccumulatedVolume", "3.00:00:00") ?? 0) - 12, passed * 0.002);
    }

    [Theory]
    [InlineData("first night", "1.22:00:00", "2.06:00:00")]
    [InlineData("second night", "2.22:00:00", "3.06:00:00")]
    [InlineData("third night", "3.22:00:00", "4.06:00:00")]
    public void A_tampered_meter_counts_seven_tenths_in_those_nights_only(string name, string from, string to)
    {
        var run = RecordedScenario.Of("meter-tampered");
        var passed = run.Event(name).Amounts["AccumulatedVolume passed"];

        Assert.Equal(run.Grew("songyuan/meteredM3", from, to), passed, 1.0);
        Assert.Equal(0.7 * passed, (double)run.Counted("songyuan-flow/AccumulatedVolume", from, to), 0.012 * passed);
        var day = run.Grew("songyuan/meteredM3", "2.08:00:00", "2.20:00:00");
        Assert.Equal(day, (double)run.Counted("songyuan-flow/AccumulatedVolume", "2.08:00:00", "2.20:00:00"), 0.015 * day);
    }

    [Fact]
    public void In_an_outage_of_the_network_nothing_is_read_and_nothing_is_lost_and_in_one_of_the_mains_nothing_is_made()
    {
        var run = RecordedScenario.Of("outage");
        var flow = run.Gaps("lifode-flow/AccumulatedVolume").ToArray();
        Assert.Equal(TimeSpan.FromHours(10), flow[0]);
        Assert.Equal(120, flow.Length);
        var power = run.Gaps("station-power/electrical/Energy").ToArray();
        Assert.Equal(120 + 30, power.Length);
        Assert.Equal(new TimeSpan(1, 14, 0, 0), power[120]);

        Assert.Equal(0, run.Event("no mains").Amounts["electricKWh"]);
        Assert.True(run.True("headerMPa", "1.14:29:00") < 0.4);
        Assert.True(run.True("headerMPa", "1.15:30:00") > 0.6);
        Assert.Equal(
            run.Grew("lifode/meteredM3", "0.09:59:00", "0.12:00:00"),
            (double)run.Counted("lifode-flow/AccumulatedVolume", "0.09:59:00", "0.12:00:00"),
            0.015 * run.Grew("lifode/meteredM3", "0.09:59:00", "0.12:00:00"));
    }

    [Fact]
    public void On_statutory_days_nobody_works_and_the_truth_names_them()
    {
        var run = RecordedScenario.Of("holiday");
        var days = run.Truth.Days.ToDictionary(d => d.Day, d => d);

        foreach (var day in (ReadOnlySpan<DateOnly>)[new(2026, 10, 1), new(2026, 10, 2), new(2026, 10, 3)])
        {
            Assert.Equal(DayKind.Statutory, days[day].Kind);
            Assert.Equal(0, days[day].ShiftHours["lifode"]);
        }
        Assert.Equal(24, days[new(2026, 9, 29)].ShiftHours["songyuan"]);
        var worked = run.Grew("songyuan/usedM3", "1.02:00:00", "2.00:00:00");
        Assert.True(run.Grew("songyuan/usedM3", "4.02:00:00", "5.00:00:00") < 0.05 * worked);
        Assert.True(run.Grew("lifode/lostM3", "4.02:00:00", "5.00:00:00") > 500);
    }

    [Fact]
    public void A_new_customer_takes_nothing_before_its_first_day()
    {
        var run = RecordedScenario.Of("new-customer");

        Assert.Equal(0, run.Grew("newcomer/usedM3", "0.00:00:00", "2.00:00:00"));
        Assert.InRange(run.Grew("newcomer/usedM3", "2.00:00:00", "3.00:00:00"), 1000, 3500);
        Assert.Equal([0, 0, 9, 9, 9], run.Truth.Days.Select(d => d.ShiftHours["newcomer"]));
        // Its empty pipe breathes with the pressure of the header, and a meter counts what flows in, not what flows back.
        Assert.InRange(run.Counted("newcomer-flow/AccumulatedVolume", "0.00:05:00", "1.23:59:00"), 0, 60);
    }

    [Fact]
    public void Faults_stand_in_the_truth_as_the_scenario_describes_them()
    {
        var run = RecordedScenario.Of("meter-exchange");
        var exchanged = Assert.IsType<AirIsland.Simulators.Scenarios.Events.MeterEvent>(run.Event("exchange").Event);

        Assert.Equal(new MeterFault.Exchanged("S401-260310", 12, -0.008), exchanged.Fault);
        Assert.Equal("lifode-flow", exchanged.Meter);
        Assert.True(ScenarioFile.Names.Count >= 17);
    }
}
