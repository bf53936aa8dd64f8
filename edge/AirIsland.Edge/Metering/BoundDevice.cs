using System.Security.Cryptography;
using System.Text.Json;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Metering;

/// <summary>A configured device with its profile and its line (null when it has none), its points tied to tags.</summary>
public sealed record BoundDevice(
    DeviceOptions Options, EndpointOptions? Endpoint, DeviceProfile Profile, IReadOnlyList<BoundGroup> Groups)
{
    /// <summary>SHA-256 of all that was configured for it, in hex: a device of the same hash may go on undisturbed.</summary>
    public string Hash { get; } =
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Options, Endpoint, Profile })));

    public bool Equals(BoundDevice? other) => other is not null && Hash == other.Hash;

    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}
