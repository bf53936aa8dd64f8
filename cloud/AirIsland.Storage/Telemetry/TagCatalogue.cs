using System.Collections.Frozen;
using System.Globalization;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Quantities;
using Google.Protobuf;
using WireTag = AirIsland.Proto.Telemetry.V1.Tag;

namespace AirIsland.Storage.Telemetry;

/// <summary>The tags of one edge, in the order in which blocks number them.</summary>
public sealed class TagCatalogue
{
    /// <summary>Any count times one of these is a decimal.</summary>
    private const decimal SmallestResolution = 1e-12m;
    private const decimal LargestResolution = 1e9m;

    private readonly FrozenDictionary<TagId, uint> _numbers;

    private TagCatalogue(CatalogueKey key, byte[] canonical, Catalogue catalogue)
    {
        Key = key;
        Canonical = canonical;
        Edge = catalogue.Edge;
        Station = new(catalogue.Station);
        Tags = [.. catalogue.Tags.Select(Convert)];
        if (Tags.FirstOrDefault(t => t.Id.Station != Station.Value) is { } foreign)
            throw new FormatException($"tag '{foreign.Id}' is not of station '{Station}'");
        _numbers = Tags.Select((t, i) => KeyValuePair.Create(t.Id, (uint)i)).ToFrozenDictionary();
    }

    public CatalogueKey Key { get; }

    /// <summary>The bytes of which the key is the hash.</summary>
    public byte[] Canonical { get; }

    public string Edge { get; }

    public StationId Station { get; }

    public IReadOnlyList<Domain.Metering.Tag> Tags { get; }

    /// <summary>The number of a tag in the blocks of this catalogue; null when it is not there, or as another series.</summary>
    public uint? NumberOf(Domain.Metering.Tag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return _numbers.TryGetValue(tag.Id, out var number) && Tags[(int)number].IsSameSeries(tag) ? number : null;
    }

    /// <summary>One that an edge brings.</summary>
    /// <exception cref="InvalidDataException">A tag is declared wrongly; the message names it.</exception>
    public static TagCatalogue Of(Catalogue catalogue)
    {
        var made = Made(catalogue);
        return catalogue.Tags.SelectMany(Faults).FirstOrDefault(f => f is not null) is { } fault
            ? throw new InvalidDataException($"catalogue of '{catalogue.Edge}': {fault}")
            : made;
    }

    /// <summary>One that was kept, perhaps before there were limits.</summary>
    /// <exception cref="InvalidDataException">The bytes are no catalogue.</exception>
    public static TagCatalogue Parse(byte[] canonical)
    {
        try
        {
            return Made(Catalogue.Parser.ParseFrom(canonical));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"no catalogue: {e.Message}", e);
        }
    }

    private static TagCatalogue Made(Catalogue catalogue)
    {
        try
        {
            var (id, canonical) = CatalogueId.Canonicalise(catalogue);
            return new(CatalogueKey.Of(id), canonical, Catalogue.Parser.ParseFrom(canonical));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"catalogue of '{catalogue?.Edge}': {e.Message}", e);
        }
    }

    private static IEnumerable<string?> Faults(WireTag tag)
    {
        string? Text(string what, string text, int longest) => EdgeText.Fault($"the {what} of tag '{tag.Id}'", text, longest);

        yield return Text("medium", tag.Medium, EdgeText.LongestMedium);
        yield return Text("unit", tag.Unit, EdgeText.LongestUnit);
        yield return Text("serial", tag.MeterSerial, EdgeText.LongestSerial);
        yield return Text("class", tag.MeterClass, EdgeText.LongestClass);
        yield return Text("group", tag.Group, EdgeText.LongestGroup);
        yield return Text("source", tag.Source, EdgeText.LongestSource);
        if (ResolutionOf(tag) is < SmallestResolution or > LargestResolution)
            yield return $"tag '{tag.Id}': resolution {tag.Resolution} is not between 1e-12 and 1e9";
    }

    private static decimal ResolutionOf(WireTag tag) =>
        decimal.Parse(tag.Resolution, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static Domain.Metering.Tag Convert(WireTag tag)
    {
        var resolution = ResolutionOf(tag);
        if (resolution <= 0) throw new FormatException($"tag '{tag.Id}': resolution {tag.Resolution} is not above zero");
        var kind = tag.Kind is Kind.Level or Kind.Register or Kind.State
            ? (TagKind)tag.Kind
            : throw new FormatException($"tag '{tag.Id}': kind {tag.Kind} is not known");
        return new(TagId.Parse(tag.Id), kind, tag.Medium, tag.Unit, resolution)
        {
            State = tag.ReferenceState.Length == 0 ? null : ReferenceState.Parse(tag.ReferenceState),
            Modulus = tag.HasModulus ? tag.Modulus : null,
            MeterSerial = tag.MeterSerial,
            MeterClass = tag.MeterClass,
        };
    }
}
