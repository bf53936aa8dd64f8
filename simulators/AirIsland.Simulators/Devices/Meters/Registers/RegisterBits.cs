using System.Diagnostics;

namespace AirIsland.Simulators.Devices.Meters.Registers;

/// <summary>The bits that a meter sends for its register, most significant first; the device decides on the order of the words.</summary>
public static class RegisterBits
{
    public static ulong Of(Totaliser totaliser)
    {
        ArgumentNullException.ThrowIfNull(totaliser);
        var register = totaliser.Register;
        var spec = totaliser.Spec;
        return spec.Kind switch
        {
            RegisterKind.UInt32 or RegisterKind.UInt16 => (ulong)(register / spec.Resolution),
            RegisterKind.Bcd => Packed((ulong)(register / spec.Resolution)),
            RegisterKind.Float32 or RegisterKind.Float32Sent => BitConverter.SingleToUInt32Bits((float)(double)register),
            RegisterKind.Float64 => BitConverter.DoubleToUInt64Bits((double)register),
            _ => throw new UnreachableException(),
        };
    }

    private static ulong Packed(ulong number)
    {
        var packed = 0UL;
        for (var shift = 0; number > 0; shift += 4)
        {
            packed |= number % 10 << shift;
            number /= 10;
        }
        return packed;
    }
}
