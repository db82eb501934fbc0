namespace Platform.Domain.Markets;

/// <summary>What a venue takes now.</summary>
public enum VenueState
{
    /// <summary>Everything.</summary>
    Online = 0,

    /// <summary>Orders that would trade at once are refused.</summary>
    PostOnly,

    /// <summary>Market orders are refused.</summary>
    LimitOnly,

    /// <summary>Orders can only be called off.</summary>
    CancelOnly,

    /// <summary>Nothing.</summary>
    Maintenance,
}

/// <param name="Message">The venue's own words; null when it has none.</param>
/// <param name="VenueTime">The venue's clock as it answered; null where the answer does not hold it.</param>
public sealed record VenueStatus(VenueState State, string? Message, DateTimeOffset? VenueTime);
