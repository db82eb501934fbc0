using Platform.Domain.Markets;

namespace Platform.Workers.Markets;

/// <summary>A stretch [From, To) of a venue's minutes in which something was missed, or may have been.</summary>
/// <param name="Market">Null: all that are watched there.</param>
/// <param name="Cause">As a gap calls it.</param>
/// <param name="Evidence">What was seen; null when the cause says it all.</param>
public sealed record Suspicion(
    VenueId Venue, MarketKey? Market, DateTimeOffset From, DateTimeOffset To, string Cause, string? Evidence = null);
