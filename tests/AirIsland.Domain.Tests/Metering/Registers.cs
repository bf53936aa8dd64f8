using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Tests.Metering;

/// <summary>Registers for tests: reads given as (minute, count).</summary>
internal static class Registers
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 21, 30);

    public static Tag Volume(decimal resolution = 1m, long? modulus = null) =>
        new(TagId.Parse("moushan/lifode/AccumulatedVolume"), TagKind.Register, "air", "m3", resolution)
        {
            State = ReferenceState.Standard20,
            Modulus = modulus,
        };

    public static Tag Energy(decimal resolution = 1m) =>
        new(TagId.Parse("moushan/station/electrical/Energy"), TagKind.Register, "electricity", "kW.h", resolution);

    public static Instant Minute(double minute) => Start + Duration.FromMinutes(minute);

    public static RegisterSeries Series(Tag tag, params (double Minute, long Count)[] reads) =>
        new(tag, reads.Select(r => new Sample(Minute(r.Minute), r.Count, Quality.Good)));
}
