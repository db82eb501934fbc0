using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>What Coinbase answers about its markets (Advanced Trade API, 2026-07), in our words.</summary>
internal static class CoinbaseMarketAnswers
{
    /// <summary>The list of products holds neither the open nor the extremes of the day, and quotes seldom.</summary>
    /// <param name="at">The answer itself holds no time.</param>
    public static DaySummary DayOf(JsonElement product, DateTimeOffset at) => new(
        product.PriceOrNone("price"),
        product.PriceOrNone("best_bid_price"), default, product.PriceOrNone("best_ask_price"), default,
        Open: null, High: null, Low: null,
        product.QuantityOrZero("volume_24h"),
        product.DecimalOrNone("approximate_quote_24h_volume") is { } quote ? Notional.From(quote) : null, at);

    public static DerivativeState DerivativeOf(JsonElement product, DateTimeOffset at)
    {
        var details = product.GetProperty("future_product_details");
        return new(
            at, Index: details.PriceOrNone("index_price"), OpenInterest: details.DecimalOrNone("open_interest"),
            Funding: details.DecimalOrNone("funding_rate") is { } rate && details.TimeOrNone("funding_time") is { } paid
                ? new(rate, paid)
                : null);
    }

    /// <summary>Books have no numbers there: this one cannot be joined to what the stream tells.</summary>
    public static DepthSnapshot DepthOf(JsonElement answer)
    {
        var book = answer.GetProperty("pricebook");
        return new(LastUpdateId: 0, book.Each("bids", LevelOf), book.Each("asks", LevelOf));

        static BookLevel LevelOf(JsonElement level) => new(level.Price("price"), level.Quantity("size"));
    }

    /// <summary>The venue names the side of who waited in the book.</summary>
    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.TradeId("trade_id"), trade.Price("price"), trade.Quantity("size"),
        trade.Is("side", "SELL") ? TakerSide.Buy : TakerSide.Sell, trade.Time("time"));

    public static Candle CandleOf(JsonElement bar) => new(
        DateTimeOffset.FromUnixTimeSeconds(bar.Whole("start")),
        bar.Price("open"), bar.Price("high"), bar.Price("low"), bar.Price("close"), bar.Quantity("volume"));
}
