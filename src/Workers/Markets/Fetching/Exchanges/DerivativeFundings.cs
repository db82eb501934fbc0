using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>Fundings that were paid, the venue's latest page each time.</summary>
public sealed class DerivativeFundings(VenueSource source, IVenueDerivatives derivatives) : IFetcher
{
    // Most venues pay every eight hours; those that pay more often leave no gap either.
    private static readonly GapRule Gaps = GapRule.Each(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1));

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.funding", "Funding rates and their history", TimeSpan.FromHours(1), kept: null, Gaps);

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        await source.PerPerpetualAsync(
            (instrument, stop) => derivatives.FundingsAsync(instrument, from: null, stop), cancellationToken);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<FundingPayment>>(raw)
        .Select(paid => new Fact(raw.About, paid.At, raw.At, new FundingRate(paid.Rate, paid.Mark?.Value))));
}
