using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What Binance answers about futures margined in stablecoins where it is not what spot answers (fapi, 2026-07).</summary>
internal static class BinanceFuturesAnswers
{
    /// <summary>Quantities are in base units there, so one contract is one of them. Null for what the platform cannot name.</summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement listed)
    {
        if (!Symbol.TryFrom($"{listed.Text("baseAsset")}-{listed.Text("quoteAsset")}", out var market)
            || KindOf(listed.Text("contractType")) is not { } kind)
            return null;

        return new(
            venue, listed.Text("symbol"), market, kind, BinanceExchangeConverter.RulesOf(market, listed), listed.Is("status", "TRADING"),
            new DerivativeTerms(
                ContractSize: 1, IsInverse: false, Asset.From(listed.Text("marginAsset")),
                kind is InstrumentKind.Future ? listed.Milliseconds("deliveryDate") : null));
    }

    /// <summary>The best bid and ask are told elsewhere.</summary>
    public static DaySummary DayOf(JsonElement day) => new(
        day.PriceOrNone("lastPrice"), Bid: null, Quantity.Zero, Ask: null, Quantity.Zero,
        day.PriceOrNone("openPrice"), day.PriceOrNone("highPrice"), day.PriceOrNone("lowPrice"),
        day.Quantity("volume"), day.Notional("quoteVolume"), day.Milliseconds("closeTime"));

    /// <summary>Trades of one taker at one price, put together by the venue: it numbers these, in answers and streams alike.</summary>
    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.Whole("a"), trade.Price("p"), trade.Quantity("q"),
        trade.GetProperty("m").GetBoolean() ? TakerSide.Sell : TakerSide.Buy, trade.Milliseconds("T"));

    /// <summary>Of dated futures the venue tells no funding: its time is zero.</summary>
    public static DerivativeState MarkOf(JsonElement premium) => new(
        premium.Milliseconds("time"), premium.PriceOrNone("markPrice"), premium.PriceOrNone("indexPrice"), OpenInterest: null,
        premium.Whole("nextFundingTime") > 0
            ? new FundingPayment(premium.Decimal("lastFundingRate"), premium.Milliseconds("nextFundingTime"))
            : null);

    /// <summary>The earliest of a contract have an empty mark.</summary>
    public static FundingPayment FundingOf(JsonElement paid) =>
        new(paid.Decimal("fundingRate"), paid.Milliseconds("fundingTime"), paid.PriceOrNone("markPrice"));

    // Contracts that wait for their first day have no type yet.
    private static InstrumentKind? KindOf(string type) => type switch
    {
        "PERPETUAL" => InstrumentKind.Perpetual,
        "CURRENT_QUARTER" or "NEXT_QUARTER" or "CURRENT_MONTH" or "NEXT_MONTH" => InstrumentKind.Future,
        _ => null,
    };
}
