using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>What Bybit answers about its markets (API v5, 2026-07), in our words.</summary>
internal static class BybitMarketAnswers
{
    /// <param name="at">The ticker itself holds no time.</param>
    public static DaySummary DayOf(JsonElement ticker, Instrument instrument, DateTimeOffset at)
    {
        // Of inverse contracts the volume counts units of the quote asset, and the turnover those of the base asset.
        var isInverse = instrument.Derivative is { IsInverse: true };
        return new(
            ticker.PriceOrNone("lastPrice"),
            ticker.PriceOrNone("bid1Price"), ticker.QuantityOrZero("bid1Size"),
            ticker.PriceOrNone("ask1Price"), ticker.QuantityOrZero("ask1Size"),
            ticker.PriceOrNone("prevPrice24h"), ticker.PriceOrNone("highPrice24h"), ticker.PriceOrNone("lowPrice24h"),
            ticker.Quantity(isInverse ? "turnover24h" : "volume24h"),
            ticker.Notional(isInverse ? "volume24h" : "turnover24h"), at);
    }

    public static DerivativeState DerivativeOf(JsonElement ticker, DateTimeOffset at) => new(
        at, ticker.PriceOrNone("markPrice"), ticker.PriceOrNone("indexPrice"), ticker.DecimalOrNone("openInterest"),
        ticker.DecimalOrNone("fundingRate") is { } rate && ticker.MillisecondsOrNone("nextFundingTime") is { } next
            ? new(rate, next)
            : null);

    public static DepthSnapshot DepthOf(JsonElement book) => new(book.Whole("u"), book.Levels("b"), book.Levels("a"));

    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.TradeId("execId"), trade.Price("price"), trade.Quantity("size"),
        trade.Is("side", "Buy") ? TakerSide.Buy : TakerSide.Sell, trade.Milliseconds("time"));

    /// <summary>[start, open, high, low, close, volume, turnover]; of inverse contracts the turnover is in base units.</summary>
    public static Candle CandleOf(JsonElement bar, Instrument instrument) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(bar[0].Whole()),
        bar[1].Price(), bar[2].Price(), bar[3].Price(), bar[4].Price(),
        bar[instrument.Derivative is { IsInverse: true } ? 6 : 5].Quantity());

    public static FundingPayment FundingOf(JsonElement paid) =>
        new(paid.Decimal("fundingRate"), paid.Milliseconds("fundingRateTimestamp"));

    public static VenueStatus StatusOf(JsonElement result)
    {
        var works = result.GetProperty("list").EnumerateArray().Where(work => work.Is("state", "ongoing")).ToArray();
        return works.Length > 0
            ? new(VenueState.Maintenance, works[0].TextOrNone("title"), VenueTime: null)
            : new(VenueState.Online, Message: null, VenueTime: null);
    }
}
