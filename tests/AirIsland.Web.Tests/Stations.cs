using System.Collections.Immutable;
using AirIsland.Domain.Stations;

namespace AirIsland.Web.Tests;

/// <summary>Stations to draw: the demo's own, and others of any size.</summary>
internal static class Stations
{
    public static Station Moushan { get; } = Of(compressors: 3, companies: 2);

    public static Actor Operator { get; } =
        new("operator", Role.Operator, [Moushan.Id], ImmutableHashSet<CompanyId>.Empty);

    public static Station Of(int compressors, int companies, int trains = 1) =>
        new(new("moushan"), "牟山气站", "Moushan station", "Asia/Shanghai")
        {
            HeaderPressureLow = 0.62,
            HeaderPressureHigh = 0.70,
            Assets =
            [
                new("station", AssetKind.Station, "牟山", "Moushan", "", ""),
                .. Enumerable.Range(1, compressors).Select(Compressor),
                .. Enumerable.Range(1, trains).Select(i => new Asset($"dryer-{i}", AssetKind.Dryer, $"{i}# 冷干机", $"Dryer {i}", "", "")),
                .. Enumerable.Range(1, trains).Select(i => new Asset($"tank-{i}", AssetKind.Receiver, $"{i}# 储罐", $"Tank {i}", "", "")),
                new("header", AssetKind.Airnet, "母管", "Header", "DN200", "DN200"),
                .. Enumerable.Range(0, companies).Select(DistributionPoint),
            ],
        };

    private static Asset Compressor(int number) =>
        new($"compressor-{number}", AssetKind.Compressor, $"{number}# 空压机", $"Compressor {number}", "螺杆 110 kW", "screw 110 kW")
        {
            VariableSpeed = number % 3 == 0,
            Capacity = 20,
        };

    private static Asset DistributionPoint(int index)
    {
        var (id, name, nameEn) = index switch
        {
            0 => ("lifode", "利佛德", "Lifode"),
            1 => ("songyuan", "松原", "Songyuan"),
            _ => ($"company-{index}", $"企业 {index}", $"Company {index}"),
        };
        return new(id, AssetKind.CustomerDistributionPoint, name, nameEn, "DN100", "DN100") { Company = new(id), Capacity = 30 };
    }
}
