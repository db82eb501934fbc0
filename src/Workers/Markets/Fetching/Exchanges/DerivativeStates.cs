using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>Open contracts, mark and index price of perpetuals, and the funding that comes next.</summary>
public sealed class DerivativeStates(VenueSource source, IVenueDerivatives derivatives) : IFetcher
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.open-interest", "Open interest, mark and index price", Every, kept: TimeSpan.FromDays(90), GapRule.Each(Every * 5));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        await source.PerPerpetualAsync(derivatives.DerivativeAsync, cancellationToken);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(FactsOf(raw, VenueSource.Read<DerivativeState>(raw)));

    private static IEnumerable<Fact> FactsOf(RawAnswer raw, DerivativeState state)
    {
        if (state.OpenInterest is { } contracts)
            yield return new($"{raw.About}/openInterest", state.At, raw.At, new OpenInterest(contracts));
        if (state.Mark is not null || state.Index is not null)
            yield return new($"{raw.About}/mark", state.At, raw.At, new MarkPrice(
                state.Mark?.Value, state.Index?.Value, state.Funding?.Rate, state.Funding?.At));
    }
}
