using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>
/// What every server nobody here wrote is asked. They all hold the same: holding register n is n + 8000, input register n its complement;
/// coil n is set where n is a multiple of 3, discrete input n where the coil is not.
/// </summary>
internal static class ForeignServerSuite
{
    public static readonly ModbusClientOptions Options = new() { Timeout = TimeSpan.FromSeconds(5), Writable = true };

    public static async Task PassesAsync(ModbusClient client)
    {
        Assert.Equal([8_000, 8_001], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        var largest = await client.ReadAsync(RegisterTable.Holding, 1, 100, 125, default);
        Assert.Equal(Enumerable.Range(8_100, 125).Select(v => (ushort)v), largest);
        Assert.Equal([65_535 - 8_007], await client.ReadAsync(RegisterTable.Input, 1, 7, 1, default));
        Assert.Equal("1001001001001", Text(await client.ReadBitsAsync(RegisterTable.Coil, 1, 3, 13, default)));
        Assert.Equal("0110110110", Text(await client.ReadBitsAsync(RegisterTable.DiscreteInput, 1, 3, 10, default)));

        await client.WriteAsync(1, 10, [1], default);
        await client.WriteAsync(1, 11, [2, 0xFFFF], default);
        Assert.Equal([8_009, 1, 2, 0xFFFF, 8_013], await client.ReadAsync(RegisterTable.Holding, 1, 9, 5, default));

        await client.WriteBitsAsync(1, 40, [true], default);
        await client.WriteBitsAsync(1, 41, [false, false, true, true, false, false, true, true, true, false], default);
        Assert.Equal("110011001110", Text(await client.ReadBitsAsync(RegisterTable.Coil, 1, 39, 12, default)));
        Assert.Equal((0, 0), (client.StrayFrames, client.Timeouts));
    }

    public static async Task MasksAndExchangesAsync(ModbusClient client)
    {
        await client.WriteAsync(1, 4, [0x0012], default);
        await client.MaskWriteAsync(1, 4, 0x00F2, 0x0025, default);
        Assert.Equal([0x0017], await client.ReadAsync(RegisterTable.Holding, 1, 4, 1, default));
        Assert.Equal([8_006, 5, 6, 8_009], await client.ReadWriteAsync(1, 6, 4, 7, [5, 6], default));
    }

    public static async Task IdentifiesAsync(ModbusClient client, string product)
    {
        var identity = await client.IdentifyAsync(1, ModbusIdentityLevel.Regular, default);

        Assert.Equal(("peers", product, "a model"), (identity.Vendor, identity.ProductCode, identity.ModelName));
    }

    private static string Text(IEnumerable<bool> bits) => string.Concat(bits.Select(b => b ? '1' : '0'));
}
