namespace Platform.Domain.Markets.Registry;

/// <summary>What people decided about one exchange. Who, and when it was written, is the event's own.</summary>
public abstract record VenueEntryEvent
{
    private protected VenueEntryEvent() { }
}

/// <summary>A person knows better than the sources what the exchange can do.</summary>
public sealed record CapabilityCorrected(VenueEntryId VenueEntryId, VenueId VenueId, CapabilityFlag Flag) : VenueEntryEvent;

/// <summary>A person knows better than the sources what the exchange takes.</summary>
public sealed record VenueFeesCorrected(VenueEntryId VenueEntryId, VenueId VenueId, VenueFees Fees) : VenueEntryEvent;

/// <summary>From now on the platform does no such thing there.</summary>
/// <param name="At">Our clock.</param>
public sealed record VenueKilled(
    VenueEntryId VenueEntryId, VenueId VenueId, VenueActivity Activity, string Reason, DateTimeOffset At) : VenueEntryEvent;

/// <summary>The platform may do it there again.</summary>
/// <param name="At">Our clock.</param>
public sealed record VenueRevived(
    VenueEntryId VenueEntryId, VenueId VenueId, VenueActivity Activity, string Reason, DateTimeOffset At) : VenueEntryEvent;
