namespace AirIsland.Simulators.Devices.Meters;

/// <summary>What one device measures of the plant, by the point names of its profile. Called under the plant's lock only.</summary>
public interface IInstrument
{
    /// <summary>Its registers by point name.</summary>
    IReadOnlyDictionary<string, Totaliser> Registers { get; }

    /// <summary>Follows the plant after a step of that length.</summary>
    void Advance(TimeSpan dt);

    /// <summary>Nothing flows: registers stand, flows and powers read 0.</summary>
    void Stand();

    /// <summary>The reading now, in the engineering unit of the profile.</summary>
    /// <exception cref="ArgumentException">The instrument has no such point.</exception>
    decimal Read(string point);
}
