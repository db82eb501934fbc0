using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>The best bid and ask, sampled; the live stream is the aggregator's.</summary>
public sealed class BestQuotes(VenueSource source) : IFetcher
{
    private const string All = "quotes";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.quotes", "Best bid and ask of followed markets", Every, kept: TimeSpan.FromDays(7), GapRule.Each(Every * 4));

    // Of a venue that gives all at once that is one call; else it is the book's first level, as some venues' day figures hold no
    // quantities, and the least that venues know is 5.
    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        if (source.Parts.Quotes is not { } quotes)
            return await source.PerInstrumentAsync(
                (instrument, stop) => source.MarketData.DepthAsync(instrument, levels: 5, stop), cancellationToken);

        var followed = await source.FollowedAsync(InstrumentKind.Spot, cancellationToken);
        return [VenueSource.Call(All, async stop => (await quotes.QuotesAsync(followed, stop))
            .Map(tops => tops.Select(each => new MarketTop(each.Instrument.Market.Value, each.Top)).ToList()))];
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        if (string.Equals(raw.About, All, StringComparison.Ordinal))
            return ParsedFacts.Of(VenueSource.Read<IReadOnlyList<MarketTop>>(raw)
                .Select(each => new Fact(each.Market, raw.At, raw.At, each.Top)));

        var book = VenueSource.Read<DepthSnapshot>(raw);
        var (bid, ask) = (book.Bids.Count > 0 ? book.Bids[0] : default, book.Asks.Count > 0 ? book.Asks[0] : default);
        return ParsedFacts.Of(
        [
            new(raw.About, raw.At, raw.At, new TopOfBook(
                book.Bids.Count > 0 ? bid.Price : null, bid.Quantity, book.Asks.Count > 0 ? ask.Price : null, ask.Quantity)),
        ]);
    }

    private sealed record MarketTop(string Market, TopOfBook Top);
}
