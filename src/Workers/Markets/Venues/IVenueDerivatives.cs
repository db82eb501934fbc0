using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>What a venue tells of perpetuals and futures beside their market. Questions only; each is asked once.</summary>
public interface IVenueDerivatives
{
    VenueId Venue { get; }

    /// <summary>Mark, index, open interest and the funding that comes next, as far as the venue tells them.</summary>
    Task<VenueAnswer<DerivativeState>> DerivativeAsync(Instrument instrument, CancellationToken cancellationToken);

    /// <summary>Fundings that were paid, oldest first; the venue's page at most.</summary>
    /// <param name="from">The first one wanted; null for the latest.</param>
    Task<VenueAnswer<IReadOnlyList<FundingPayment>>> FundingsAsync(
        Instrument instrument, DateTimeOffset? from, CancellationToken cancellationToken);

    /// <summary>Smallest positions first; empty where the venue has no tiers, or does not tell them.</summary>
    Task<VenueAnswer<IReadOnlyList<MarginTier>>> MarginTiersAsync(Instrument instrument, CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<MarginTier>>([]);

    /// <summary>Of all options on one market; empty where the venue has none, or does not tell.</summary>
    Task<VenueAnswer<IReadOnlyList<OptionState>>> OptionsAsync(Symbol market, CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<OptionState>>([]);
}
