using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;

using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices;

/// <summary>Other TCP ports than those that the scenario's file names, so that a run disturbs nothing.</summary>
public sealed record ModbusPorts : IValidatableObject
{
    /// <summary>The file's port → the port to listen on, 0 to 65535; 0 takes a free one.</summary>
    public IReadOnlyDictionary<string, int> Instead { get; init; } = ImmutableDictionary<string, int>.Empty;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from port in Instead
        where !IsPort(port.Value)
            || !int.TryParse(port.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var usual)
            || !IsPort(usual)
        select new ValidationResult($"instead of {port.Key} port {port.Value} is none");

    private static bool IsPort(int port) => port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort;

    /// <summary>The line with its port, or the port that it dials, exchanged.</summary>
    public FleetLineOptions InsteadOf(FleetLineOptions line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line with { Port = InsteadOf(line.Port), DialTo = line.DialTo is { } port ? InsteadOf(port) : null };
    }

    /// <summary>Where a device of that port listens.</summary>
    public int InsteadOf(int port) => Instead.GetValueOrDefault(port.ToString(CultureInfo.InvariantCulture), port);
}
