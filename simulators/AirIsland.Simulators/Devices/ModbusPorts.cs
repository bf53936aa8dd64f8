using System.ComponentModel.DataAnnotations;

namespace AirIsland.Simulators.Devices;

/// <summary>TCP ports of the Modbus devices, on 127.0.0.1 only. 0 takes a free one.</summary>
public sealed record ModbusPorts
{
    /// <summary>Controller of compressor 1, unit 1. Default 15021.</summary>
    [Range(0, 65535)]
    public int Compressor1 { get; init; } = 15021;

    /// <summary>Controller of compressor 2, unit 1. Default 15022.</summary>
    [Range(0, 65535)]
    public int Compressor2 { get; init; } = 15022;

    /// <summary>Controller of compressor 3, unit 1. Default 15023.</summary>
    [Range(0, 65535)]
    public int Compressor3 { get; init; } = 15023;

    /// <summary>Gateway of the power meters: unit 10 the station, 11 to 13 the compressors. Default 15030.</summary>
    [Range(0, 65535)]
    public int Power { get; init; } = 15030;

    /// <summary>Flow meter of Lifode, unit 1. Default 15041.</summary>
    [Range(0, 65535)]
    public int LifodeFlow { get; init; } = 15041;
}
