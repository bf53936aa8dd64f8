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

        { "FE FE FE FE 68 00 51 44 18 11 17 68 91 06 35 33 B3 35 36 83 45 16", "171118445100", "02800002", 50.03m },
        { "68 03 00 00 00 00 00 68 81 04 54 E9 CC 37 98 16", "000000000003", "B621", 4.99m },
        { "68 03 00 00 00 00 00 68 81 05 63 E9 94 B9 33 25 16", "000000000003", "B630", 0.8661m },

        // Date with weekday, and time: 2016-01-11, a Monday; 21:53:55; 18:53:32.
        { "68 12 00 00 00 10 20 68 91 08 34 34 33 37 34 44 34 49 72 16", "201000000012", "04000101", 16011101m },
        { "68 12 00 00 00 10 20 68 91 07 35 34 33 37 88 86 54 DF 16", "201000000012", "04000102", 215355m },
        { "FE FE FE FE 68 18 55 60 06 00 00 68 91 07 35 34 33 37 65 86 4B 44 16", "000006605518", "04000102", 185332m },

        // Manual of the ACR220ELH.
        { "68 01 00 00 00 00 00 68 81 06 43 C3 73 33 33 33 6A 16", "000000000001", "9010", 0.40m },
    };

    /// <summary>Answers of several numbers, and of none: frame, identifier, values. A single-phase meter has no phases B and C.</summary>
    public static TheoryData<string, string, decimal?[]> Blocks => new()
    {
        {
            "68 00 36 19 00 00 00 68 91 18 33 32 34 33 63 69 33 33 89 35 33 33 4C 33 33 33 6B 33 33 33 4A 66 33 33 E9 16",
            "0001FF00", [36.30m, 2.56m, 0.19m, 0.38m, 33.17m]
        },
        {
            "68 12 00 00 00 10 20 68 91 18 33 32 34 33 5C 34 33 33 95 33 33 33 93 33 33 33 36 33 33 33 35 33 33 33 74 16",
            "0001FF00", [1.29m, 0.62m, 0.60m, 0.03m, 0.02m]
        },
        { "68 12 00 00 00 10 20 68 91 0A 33 32 34 35 89 55 32 32 32 32 21 16", "0201FF00", [225.6m, null, null] },
        { "FE FE FE FE 68 94 41 03 26 12 18 68 91 0A 33 32 34 35 36 56 33 33 33 33 B9 16", "0201FF00", [230.3m, 0m, 0m] },
        { "68 94 41 03 26 12 18 68 91 0D 33 32 35 35 BB 34 33 33 33 33 33 33 33 B9 16", "0202FF00", [0.188m, 0m, 0m] },

        // A date of no digits, recorded: 05 C8 55 2C.
        { "68 02 00 00 00 00 00 68 91 08 34 34 33 37 38 FB 88 5F 57 16", "04000101", [null] },
    };

    /// <summary>Answers to the question for an address: frame, address.</summary>
    public static TheoryData<string, string> Addresses => new()
    {
        { "68 12 00 00 00 10 20 68 93 06 45 33 33 33 43 53 1F 16", "201000000012" },
        { "68 00 36 19 00 00 00 68 93 06 33 69 4C 33 33 33 39 16", "000000193600" },
        { "FE FE FE FE 68 67 48 60 10 00 00 68 93 06 9A 7B 93 43 33 33 D9 16", "000010604867" },
        { "FE FE FE FE 68 94 41 03 26 12 18 68 93 06 C7 74 36 59 45 4B EB 16", "181226034194" },
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
