using Platform.Domain.Markets;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;
using Platform.Workers.Markets.Aggregation;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>What the heatmap needs of all followed spot markets, over all their venues. For one reader.</summary>
public sealed class MarketPoints(Aggregator aggregator, MarketBoard board, TimeProvider time)
{
    private const decimal Near = 0.01m;
    private const int Levels = 1000;

    // Books are long, and what stands near the middle of them changes slowly.
    private static readonly TimeSpan DepthPeriod = TimeSpan.FromSeconds(5);

    private Dictionary<Symbol, decimal> depths = [];
    private DateTimeOffset depthsAt;

    public IReadOnlyList<MarketPoint> Now()
    {
        if (time.GetUtcNow() - depthsAt >= DepthPeriod)
            (depths, depthsAt) = (DepthsOf(), time.GetUtcNow());
        return [.. aggregator.Markets.Where(market => market.Kind is InstrumentKind.Spot).Select(PointOf).OfType<MarketPoint>()];
    }

    private MarketPoint? PointOf(MarketKey market) => aggregator.View(market) is { Index: { } price, IndexAt: { } at } view
        ? new(
            market.Market, price, at, (decimal)view.Volume * view.Scale.Quantity(1),
            DepthOf(market.Market), view.Quality)
        : null;

    private decimal? DepthOf(Symbol market) => depths.TryGetValue(market, out var depth) ? depth : null;

    // Only of books that may be believed now.
    private Dictionary<Symbol, decimal> DepthsOf() => board.AllWatched
        .Select(watched => (watched.Market, Depth: board.Book(watched.Venue, watched.Market, Levels) is { Book: var book } ? BookDepth.Within(book, Near) : null))
        .Where(it => it.Depth is not null)
        .GroupBy(it => it.Market)
        .ToDictionary(market => market.Key, market => market.Sum(it => it.Depth!.Value));
}
