using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KrakenFutures;

/// <summary>What Kraken's public derivatives routes answer (docs.kraken.com, 2026-07).</summary>
internal static class KrakenFuturesAnswers
{
    /// <param name="at">The venue's clock, which the answer tells once for all.</param>
    public static DaySummary DayOf(JsonElement ticker, DateTimeOffset at) => new(
        ticker.PriceOrNone("last"), ticker.PriceOrNone("bid"), ticker.QuantityOrZero("bidSize"), ticker.PriceOrNone("ask"),
        ticker.QuantityOrZero("askSize"), ticker.PriceOrNone("open24h"), ticker.PriceOrNone("high24h"),
        ticker.PriceOrNone("low24h"), ticker.Quantity("vol24h"), ticker.Notional("volumeQuote"), at);

    /// <summary>The funding there is an amount; as a fraction it is told when it is paid.</summary>
    public static DerivativeState DerivativeOf(JsonElement ticker, DateTimeOffset at) => new(
        at, ticker.PriceOrNone("markPrice"), ticker.PriceOrNone("indexPrice"), ticker.DecimalOrNone("openInterest"));

    public static FundingPayment FundingOf(JsonElement paid) => new(paid.Decimal("relativeFundingRate"), paid.Time("timestamp"));

    /// <summary>Books are not numbered here.</summary>
    public static DepthSnapshot DepthOf(JsonElement answer, int levels)
    {
        var book = answer.GetProperty("orderBook");
        return new(
            LastUpdateId: 0, [.. book.Levels("bids").Take(levels)], [.. book.Levels("asks").Take(levels)]);
    }

    /// <summary>Of the history of executions; the stream calls a trade by the same name.</summary>
    public static PublicTrade TradeOf(JsonElement element)
    {
        var execution = element.GetProperty("event").GetProperty("Execution").GetProperty("execution");
        return new(
            execution.TradeId("uid"), execution.Price("price"), execution.Quantity("quantity"),
            execution.GetProperty("takerOrder").Text("direction") switch
            {
                "Buy" => TakerSide.Buy,
                "Sell" => TakerSide.Sell,
                var other => throw new JsonException($"No such direction: {other}."),
            },
            execution.Milliseconds("timestamp"));
    }

    /// <summary>Those of intervals without a trade are left out.</summary>
    public static IReadOnlyList<Candle> CandlesOf(JsonElement answer) =>
    [
        .. from bar in answer.GetProperty("candles").EnumerateArray()
           let volume = bar.Quantity("volume")
           where volume > Quantity.Zero
           select new Candle(
               bar.Milliseconds("time"), bar.Price("open"), bar.Price("high"), bar.Price("low"), bar.Price("close"), volume),
    ];
}
