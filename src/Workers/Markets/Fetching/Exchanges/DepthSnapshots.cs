using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>Books sampled every few minutes, for what depth was; the books that are traded on come from the stream.</summary>
public sealed class DepthSnapshots(VenueSource source) : IFetcher
{
    private const int Levels = 100;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.depth", $"The best {Levels} levels of followed markets", Every, kept: TimeSpan.FromDays(30), GapRule.Each(Every * 3));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        await source.PerInstrumentAsync((instrument, stop) => source.MarketData.DepthAsync(instrument, Levels, stop), cancellationToken);

    public ParsedFacts Parse(RawAnswer raw)
    {
        var book = VenueSource.Read<DepthSnapshot>(raw);
        return ParsedFacts.Of(
            [new(raw.About, raw.At, raw.At, new DepthLevels(book.LastUpdateId, [.. book.Bids.Take(Levels)], [.. book.Asks.Take(Levels)]))]);
    }
}
