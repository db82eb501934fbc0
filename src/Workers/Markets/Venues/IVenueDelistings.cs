namespace Platform.Workers.Markets.Venues;

/// <summary>When a venue means to take markets off, where it says so. A question only.</summary>
public interface IVenueDelistings
{
    /// <summary>All that is announced; what it names no more, it called off or carried out.</summary>
    Task<VenueAnswer<IReadOnlyList<PlannedDelisting>>> DelistingsAsync(CancellationToken cancellationToken);
}

/// <param name="EndsAt">The venue's clock.</param>
public sealed record PlannedDelisting(string VenueSymbol, DateTimeOffset EndsAt);
