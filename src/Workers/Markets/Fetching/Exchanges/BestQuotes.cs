using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>The best bid and ask, sampled; the live stream is the aggregator's.</summary>
public sealed class BestQuotes(VenueSource source) : IFetcher
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.quotes", "Best bid and ask of followed markets", Every, kept: TimeSpan.FromDays(7), GapRule.Each(Every * 4));

    // The book's first level, as some venues' day figures hold no quantities; the least that venues know is 5.
    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        await source.PerInstrumentAsync((instrument, stop) => source.MarketData.DepthAsync(instrument, levels: 5, stop), cancellationToken);

    public ParsedFacts Parse(RawAnswer raw)
    {
        var book = VenueSource.Read<DepthSnapshot>(raw);
        var (bid, ask) = (book.Bids.Count > 0 ? book.Bids[0] : default, book.Asks.Count > 0 ? book.Asks[0] : default);
        return ParsedFacts.Of(
        [
            new(raw.About, raw.At, raw.At, new TopOfBook(
                book.Bids.Count > 0 ? bid.Price : null, bid.Quantity, book.Asks.Count > 0 ? ask.Price : null, ask.Quantity)),
        ]);
    }
}
