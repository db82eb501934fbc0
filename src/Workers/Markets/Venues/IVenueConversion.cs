using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// Instant convert: the venue itself names a price that holds for a moment, and is taken or left. Each call is made once; after an
/// unknown outcome of <see cref="AcceptAsync"/> ask by <see cref="QueryAsync"/> under the quote.
/// </summary>
public interface IVenueConversion
{
    VenueId Venue { get; }

    /// <summary>What the venue converts into what, and how much of it; null for all.</summary>
    Task<VenueAnswer<IReadOnlyList<ConversionTerms>>> TermsAsync(Asset? sold, Asset? bought, CancellationToken cancellationToken);

    Task<VenueAnswer<ConversionQuote>> QuoteAsync(Asset sold, Asset bought, Quantity amount, CancellationToken cancellationToken);

    Task<VenueAnswer<ConversionOutcome>> AcceptAsync(ConversionQuote quote, CancellationToken cancellationToken);

    /// <summary>NotFound is the venue's explicit word that nobody took the quote.</summary>
    Task<VenueAnswer<ConversionOutcome>> QueryAsync(ConversionQuote quote, CancellationToken cancellationToken);
}

/// <param name="From">The venue's code, as <paramref name="To"/>; may lie outside the alphabet of <see cref="Asset"/>.</param>
public sealed record ConversionTerms(
    string From, string To, Quantity FromMin, Quantity FromMax, Quantity ToMin, Quantity ToMax);

/// <param name="ValidUntil">The venue's clock.</param>
public sealed record ConversionQuote(
    string QuoteId, Asset From, Quantity FromAmount, Asset To, Quantity ToAmount, DateTimeOffset ValidUntil);

public enum ConversionState { Processing = 0, Succeeded, Failed }

/// <param name="ConversionId">The venue's own.</param>
public sealed record ConversionOutcome(string ConversionId, ConversionState State, DateTimeOffset At);
