using System.Globalization;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Telemetry.V1;

namespace AirIsland.Edge.Uplink;

/// <summary>The tag table as the catalogue that the cloud gets.</summary>
public static class CatalogueMapper
{
    public static CatalogueContent ToCatalogue(this TagTable tags, SiteIdentity site)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(site);
        var catalogue = new Catalogue { Edge = site.Edge, Station = site.Station };
        catalogue.Tags.AddRange(tags.Tags.Select(ToTag));
        var (id, canonical) = CatalogueId.Canonicalise(catalogue);
        return new(id, canonical);
    }

    private static Tag ToTag(TagDeclaration declaration)
    {
        var tag = new Tag
        {
            Id = declaration.Id,
            Kind = (Kind)declaration.Kind,
            Medium = declaration.Medium,
            Unit = declaration.Unit,
            Resolution = Normal(declaration.Resolution).ToString(CultureInfo.InvariantCulture),
            ReferenceState = declaration.ReferenceState ?? "",
            MeterSerial = declaration.Serial ?? "",
            Group = declaration.Group,
            MeterClass = declaration.Class ?? "",
            Source = declaration.Source,
            Deadband = declaration.Deadband,
        };
        if (declaration.Minimum is { } minimum) tag.Minimum = minimum;
        if (declaration.Maximum is { } maximum) tag.Maximum = maximum;
        if (declaration.Modulus is { } modulus) tag.Modulus = modulus;
        return tag;
    }

    // 1.00 and 1 are one resolution and must give one catalogue id: dividing by a one with 28 zeros drops trailing zeros.
    private static decimal Normal(decimal value) => value / 1.0000000000000000000000000000m;
}
