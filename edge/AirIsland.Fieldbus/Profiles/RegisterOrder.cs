namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// The order in which a device sends the bytes of a value, A being the most significant: whether its registers are reversed, and
/// whether the bytes in each are. Profiles spell it by the width of the type: AB and BA for two bytes, the names here for four, and
/// ABCDEFGH, GHEFCDAB, BADCFEHG and HGFEDCBA, in the same sequence, for eight.
/// </summary>
public enum RegisterOrder
{
    /// <summary>Nothing is reversed.</summary>
    ABCD,

    /// <summary>The registers are reversed.</summary>
    CDAB,

    /// <summary>The bytes of each register are reversed.</summary>
    BADC,

    /// <summary>Both are reversed.</summary>
    DCBA,
}
