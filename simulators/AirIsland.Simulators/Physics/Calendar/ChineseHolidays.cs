namespace AirIsland.Simulators.Physics.Calendar;

/// <summary>
/// Public holidays of China, 2024 to 2027. Sources: notices of the General Office of the State Council on the holidays of 2024
/// (国办发明电〔2023〕7号, 25 October 2023), 2025 (国办发明电〔2024〕12号, 12 November 2024) and 2026 (4 November 2025). 2027 is ASSUMED:
/// the rules of the 2024 revision of 全国年节及纪念日放假办法 applied to its lunar dates, make-up days chosen. Statutory days are 11 a year
/// until 2024 and 13 from 2025; one that falls on a Sunday is given on the next free weekday of its holiday.
/// </summary>
public static class ChineseHolidays
{
    public static HolidayTable Table { get; } = new(
    [
        new()
        {
            Year = 2024,
            Announced = true,
            Off = [new(101, 101), new(210, 217), new(404, 406), new(501, 505), new(608, 610), new(915, 917), new(1001, 1007)],
            Statutory = [101, 210, 211, 212, 213, 404, 501, 610, 917, 1001, 1002, 1003],
            MakeUp = [204, 218, 407, 428, 511, 914, 929, 1012],
        },
        new()
        {
            Year = 2025,
            Announced = true,
            Off = [new(101, 101), new(128, 204), new(404, 406), new(501, 505), new(531, 602), new(1001, 1008)],
            Statutory = [101, 128, 129, 130, 131, 404, 501, 502, 531, 1001, 1002, 1003, 1006],
            MakeUp = [126, 208, 427, 928, 1011],
        },
        new()
        {
            Year = 2026,
            Announced = true,
            Off =
            [
                new(101, 103), new(215, 223), new(404, 406), new(501, 505), new(619, 621), new(925, 927), new(1001, 1007),
            ],
            Statutory = [101, 216, 217, 218, 219, 405, 406, 501, 502, 619, 925, 1001, 1002, 1003],
            MakeUp = [104, 214, 228, 509, 920, 1010],
        },
        new()
        {
            Year = 2027,
            Announced = false,
            Off = [new(101, 103), new(205, 212), new(403, 405), new(501, 505), new(609, 609), new(915, 915), new(1001, 1007)],
            Statutory = [101, 205, 206, 207, 208, 209, 405, 501, 502, 503, 609, 915, 1001, 1002, 1003, 1004],
            MakeUp = [131, 214, 508, 926, 1009],
        },
    ]);
}
