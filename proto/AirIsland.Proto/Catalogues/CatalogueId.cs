using System.Security.Cryptography;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;

namespace AirIsland.Proto.Catalogues;

/// <summary>The id of a catalogue: SHA-256 of its canonical bytes. Equal content, equal id, at both ends.</summary>
public static class CatalogueId
{
    /// <summary>Bytes of an id.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>Sorts the tags by id, as the canonical form wants them, and returns the id and the bytes it was taken of.</summary>
    /// <exception cref="ArgumentException">Two tags have one id.</exception>
    public static (byte[] Id, byte[] Canonical) Canonicalise(Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var sorted = new Catalogue { Edge = catalogue.Edge, Station = catalogue.Station };
        sorted.Tags.AddRange(catalogue.Tags.OrderBy(t => t.Id, StringComparer.Ordinal));
        for (var i = 1; i < sorted.Tags.Count; i++)
        {
            if (sorted.Tags[i].Id == sorted.Tags[i - 1].Id)
                throw new ArgumentException($"tag '{sorted.Tags[i].Id}' is declared twice", nameof(catalogue));
        }
        var canonical = sorted.ToByteArray();
        return (SHA256.HashData(canonical), canonical);
    }
}
