using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Physics.Noise;

namespace AirIsland.Simulators.Physics.Climate;

/// <summary>
/// The weather at the station through time: exact on each whole minute of the site, a straight line between. A pure function of seed
/// and instant, however it is stepped; it remembers the current minute and day only to be quick. No allocation. Not for two threads.
/// </summary>
public sealed class ClimateTrack
{
    private const double SecondsPerMinute = 60;
    private const int MinutesPerHour = 60;
    private const int MinutesPerDay = 1440;
    private const double ZeroCelsiusKelvin = 273.15;

    /// <summary>The tide of the air: highest at 10:00 and 22:00. About 1 hPa at 30° N (general).</summary>
    private const double TidePa = 100;
    private const double TideHour = 10;

    /// <summary>Clouds and wind within the day, standard deviation at whole hours, K. Chosen.</summary>
    private const double HourlyDeviationK = 0.3;
    private const int HourlyChannel = 5;

    private readonly StationCalendar _calendar;
    private readonly DailyWeather _weather;
    private readonly ulong _seed;
    private readonly double _altitudeRatio;

    private long _minute = long.MinValue;
    private OutdoorAir _from, _to;
    private int _day = int.MinValue;
    private WeatherDay _dayFrom, _dayTo;

    public ClimateTrack(SiteClimate climate, StationCalendar calendar, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(climate);
        ArgumentNullException.ThrowIfNull(calendar);
        _weather = new(climate, seed);
        _altitudeRatio = MoistAir.BarometricRatio(climate.AltitudeM);
        (_calendar, _seed) = (calendar, seed);
    }

    /// <param name="seconds">Seconds since the station's start.</param>
    public OutdoorAir At(double seconds)
    {
        var minutes = _calendar.SiteSeconds(seconds) / SecondsPerMinute;
        var minute = (long)Math.Floor(minutes);
        if (minute != _minute) Turn(minute);
        var share = minutes - minute;
        return new(
            _from.Kelvin + (_to.Kelvin - _from.Kelvin) * share,
            _from.RelativeHumidity + (_to.RelativeHumidity - _from.RelativeHumidity) * share,
            _from.Pa + (_to.Pa - _from.Pa) * share,
            _from.WetBulbKelvin + (_to.WetBulbKelvin - _from.WetBulbKelvin) * share);
    }

    private void Turn(long minute)
    {
        _from = minute - 1 == _minute ? _to : On(minute);
        _to = On(minute + 1);
        _minute = minute;
    }

    /// <summary>The air on a whole minute since the midnight before the start.</summary>
    private OutdoorAir On(long minute)
    {
        // A day's values hold at its noon, so the noon before and the noon after count.
        var sinceNoon = minute + MinutesPerDay / 2;
        var noon = (int)Math.DivRem(sinceNoon, MinutesPerDay, out var afterNoon);
        if (afterNoon < 0) (noon, afterNoon) = (noon - 1, afterNoon + MinutesPerDay);
        var day = _calendar.StartDayNumber + noon - 1;
        if (day != _day) TurnDay(day);
        var weather = WeatherDay.Between(_dayFrom, _dayTo, afterNoon / (double)MinutesPerDay);

        var hour = (afterNoon / (double)MinutesPerHour + 12) % 24;
        var celsius = weather.MeanCelsius + weather.RangeK / 2 * DailyShape.At(hour) + HourlyDeviationK * Hourly(minute);
        var tide = TidePa * Math.Cos(Math.Tau * (hour - TideHour) / 12);
        var pa = (weather.SeaLevelPa + tide) * _altitudeRatio;
        var saturation = MoistAir.SaturationPa(celsius);
        // Air cannot hold more than it can: below the day's dew point there is fog, and the vapour falls with the temperature.
        var vapour = Math.Min(saturation, MoistAir.SaturationPa(weather.DewCelsius));
        return new(
            celsius + ZeroCelsiusKelvin,
            vapour / saturation,
            pa,
            MoistAir.WetBulbCelsius(celsius, vapour, pa) + ZeroCelsiusKelvin);
    }

    private void TurnDay(int day)
    {
        _dayFrom = day - 1 == _day ? _dayTo : _weather.On(day);
        _dayTo = _weather.On(day + 1);
        _day = day;
    }

    private double Hourly(long minute)
    {
        // Counted from the calendar's day 0, so that the same instant has the same weather wherever the station's start is.
        var site = minute + (long)_calendar.StartDayNumber * MinutesPerDay;
        var hour = Math.DivRem(site, MinutesPerHour, out var rest);
        var (low, high) = (HashNoise.Flat(_seed, HourlyChannel, hour), HashNoise.Flat(_seed, HourlyChannel, hour + 1));
        return low + (high - low) * rest / MinutesPerHour;
    }
}
