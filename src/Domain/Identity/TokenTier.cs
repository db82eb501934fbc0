namespace Platform.Domain.Identity;

/// <summary>What kind of proof a caller brought. A danger token comes beside an outer one and is worth more than any.</summary>
public enum TokenTier
{
    /// <summary>No token.</summary>
    None = 0,

    /// <summary>Held by a person's client, or an API key's.</summary>
    Outer = 1,

    /// <summary>Held by a node that acts for a person or a run.</summary>
    Inner = 2,

    /// <summary>Bound to one operation on one resource with one payload, and good for one use.</summary>
    Danger = 3,
}
