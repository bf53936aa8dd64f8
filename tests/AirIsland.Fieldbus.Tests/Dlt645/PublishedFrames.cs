namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>
/// Frames that nobody here wrote: printed in manuals and articles, or recorded from meters and left in public sources. The values are
/// those the publisher says, not ours.
/// </summary>
internal static class PublishedFrames
{
    /// <summary>Reads forward energy of meter 000102030425.</summary>
    public const string AskEnergy2007 = "68 25 04 03 02 01 00 68 11 04 33 33 34 33 E1 16";

    /// <summary>1206.42 kWh.</summary>
    public const string Energy2007 = "68 25 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B 16";

    public const string AskAddress = "68 AA AA AA AA AA AA 68 13 00 DF 16";

    /// <summary>Manual of the ASDU-LS: phase A of meter 000000000003, 100 V.</summary>
    public const string AskVoltage1997 = "68 03 00 00 00 00 00 68 01 02 44 E9 03 16";

    public const string Voltage1997 = "68 03 00 00 00 00 00 68 81 04 44 E9 33 34 EC 16";

    /// <summary>A meter that may not tell, recorded.</summary>
    public const string RefusedNotAuthorised = "FE FE FE FE 68 60 07 92 04 00 91 68 D1 01 37 67 16";

    /// <summary>A meter that has no such data, published.</summary>
    public const string RefusedNoSuchData = "68 12 90 78 56 34 12 68 D1 01 35 8D 16";

    /// <summary>Answers: frame, meter, identifier, value.</summary>
    public static TheoryData<string, string, string, decimal> Answers => new()
    {
        { Energy2007, "000102030425", "00010000", 1206.42m },
        { Voltage1997, "000000000003", "B611", 100m },

        // A protocol course's list of messages, meter 161.
        { "68 61 01 00 00 00 00 68 91 08 33 33 34 33 59 33 33 33 8A 16", "000000000161", "00010000", 0.26m },
        { "68 61 01 00 00 00 00 68 91 08 33 33 35 33 59 34 33 33 8C 16", "000000000161", "00020000", 1.26m },
        { "68 61 01 00 00 00 00 68 91 06 33 34 34 35 34 43 10 16", "000000000161", "02010100", 100.1m },
        { "68 61 01 00 00 00 00 68 91 07 33 34 35 35 CC 7C 33 16 16", "000000000161", "02020100", 4.999m },
        { "68 61 01 00 00 00 00 68 91 07 33 33 36 35 45 58 33 6B 16", "000000000161", "02030000", 0.2512m },
        { "68 61 01 00 00 00 00 68 91 07 33 33 37 35 64 76 33 A9 16", "000000000161", "02040000", 0.4331m },
        { "68 61 01 00 00 00 00 68 91 07 33 33 38 35 39 83 33 8C 16", "000000000161", "02050000", 0.5006m },
        { "68 61 01 00 00 00 00 68 91 06 33 33 39 35 34 38 09 16", "000000000161", "02060000", 0.501m },

        // Recorded from household meters.
        { "FE FE 68 72 00 32 09 17 20 68 91 08 33 33 34 33 B9 34 33 33 6D 16", "201709320072", "00010000", 1.86m },
        { "FE FE FE FE 68 00 00 00 00 00 00 68 91 06 33 34 34 35 4C 56 D9 16", "000000000000", "02010100", 231.9m },
        { "FE FE FE FE 68 60 07 92 04 00 91 68 91 08 33 33 33 33 97 35 A8 33 6A 16", "910004920760", "00000000", 7502.64m },
        { "FE FE FE FE 68 27 59 63 03 00 01 68 81 04 44 E9 56 35 F4 16", "010003635927", "B611", 223m },
        { "FE FE FE FE 68 27 59 63 03 00 01 68 81 04 45 E9 33 33 D0 16", "010003635927", "B612", 0m },
        { "FE FE FE FE 68 27 59 63 03 00 01 68 81 06 43 C3 AC 59 47 33 C3 16", "010003635927", "9010", 1426.79m },
        { "68 43 97 35 14 00 00 68 81 06 43 C3 7B 96 57 33 1B 16", "000014359743", "9010", 2463.48m },

        // Manual of the ACR220ELH.
        { "68 01 00 00 00 00 00 68 81 06 43 C3 73 33 33 33 6A 16", "000000000001", "9010", 0.40m },
    };

    /// <summary>Questions, as their publishers sent them: frame, meter, identifier.</summary>
    public static TheoryData<string, string, string> Questions => new()
    {
        { AskEnergy2007, "000102030425", "00010000" },
        { AskVoltage1997, "000000000003", "B611" },
        { "68 61 01 00 00 00 00 68 11 04 33 34 35 35 18 16", "000000000161", "02020100" },
        { "68 AA AA AA AA AA AA 68 11 04 33 33 34 33 AE 16", "AAAAAAAAAAAA", "00010000" },
        { "68 AA AA AA AA AA AA 68 01 02 43 C3 D5 16", "AAAAAAAAAAAA", "9010" },
        { "68 27 59 63 03 00 01 68 01 02 43 C3 C0 16", "010003635927", "9010" },
        { "68 63 01 43 03 00 00 68 01 02 43 C3 83 16", "000003430163", "9010" },
    };

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Without the preamble.</summary>
    public static byte[] Frame(string hex) => [.. Bytes(hex).SkipWhile(part => part == 0xFE)];
}
