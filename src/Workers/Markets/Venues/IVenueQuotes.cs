using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Venues;

/// <summary>The best prices of many markets in one answer, where a venue gives them so. A question only.</summary>
public interface IVenueQuotes
{
    /// <summary>In no order; what the venue does not know is left out.</summary>
    Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, TopOfBook Top)>>> QuotesAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken);
}
