using System.Net.NetworkInformation;
using System.Security.Cryptography;

namespace AirIsland.SystemTests;

/// <summary>Ports nobody listens on, for programs that must be told theirs before they start.</summary>
internal static class FreePorts
{
    /// <summary>Below the range of outgoing connections, which would take a port between its choice and its use.</summary>
    public static int[] Of(int count)
    {
        while (true)
        {
            int[] ports = [.. Enumerable.Range(RandomNumberGenerator.GetInt32(20_000, 32_000), count)];
            var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
            if (!ports.Any(used.Contains)) return ports;
        }
    }
}
