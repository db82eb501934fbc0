using Platform.PaperVenue.Markets;

namespace Platform.PaperVenue.Streams;

/// <summary>The markets by symbol, as the public sees them.</summary>
public sealed class MarketViews(IReadOnlyDictionary<string, MarketView> views)
{
    public IEnumerable<MarketView> All => views.Values;

    public MarketView? Find(string symbol) => views.GetValueOrDefault(symbol);
}

/// <summary>Tells the world what was stored: market views first, then those who listen.</summary>
public sealed class Publisher(MarketViews markets, StreamHub hub, UserStreams users)
{
    public void Publish(Publication publication)
    {
        if (publication.Symbol is { } symbol && markets.Find(symbol) is { } market)
            PublishMarket(market, publication);
        users.Publish(publication);
    }

    private void PublishMarket(MarketView market, Publication publication)
    {
        lock (market.Gate)
        {
            var (bid, ask) = (market.Depth.BestBid, market.Depth.BestAsk);
            var sums = market.Apply(publication.Events);
            foreach (var trade in publication.Events.OfType<Matching.OrdersTraded>().Select(e => e.Trade))
                hub.Publish(market.StreamName("trade"), json => StreamJson.WriteTrade(json, trade, publication.At));
            foreach (var sum in sums)
            {
                hub.Publish(
                    market.StreamName("aggTrade"),
                    json => StreamJson.WriteAggregate(json, market, sum, publication.At));
            }
            if (market.Depth.BestBid != bid || market.Depth.BestAsk != ask)
                hub.Publish(market.StreamName("bookTicker"), json => StreamJson.WriteBookTicker(json, market));
        }
    }
}
