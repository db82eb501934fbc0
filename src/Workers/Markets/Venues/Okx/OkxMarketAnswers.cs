using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>What OKX answers about its markets (API v5, 2026-07), in our words.</summary>
internal static class OkxMarketAnswers
{
    /// <summary>Of derivatives the venue counts contracts beside units of the base asset; the day is in the latter.</summary>
    public static DaySummary DayOf(JsonElement ticker)
    {
        var isSpot = ticker.Text("instType") is "SPOT" or "MARGIN";
        return new(
            ticker.PriceOrNone("last"),
            ticker.PriceOrNone("bidPx"), ticker.QuantityOrZero("bidSz"),
            ticker.PriceOrNone("askPx"), ticker.QuantityOrZero("askSz"),
            ticker.PriceOrNone("open24h"), ticker.PriceOrNone("high24h"), ticker.PriceOrNone("low24h"),
            ticker.Quantity(isSpot ? "vol24h" : "volCcy24h"), isSpot ? ticker.Notional("volCcy24h") : null,
            ticker.Milliseconds("ts"));
    }

    /// <summary>Most answers leave out the number of the last update: they cannot be joined to what the stream tells.</summary>
    public static DepthSnapshot DepthOf(JsonElement data)
    {
        var book = data[0];
        return new(
            book.TryGetProperty("seqId", out var sequence) ? sequence.Whole() : 0, book.Levels("bids"), book.Levels("asks"));
    }

    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.TradeId("tradeId"), trade.Price("px"), trade.Quantity("sz"),
        trade.Is("side", "buy") ? TakerSide.Buy : TakerSide.Sell, trade.Milliseconds("ts"));

    /// <summary>[time, open, high, low, close, volume, volume in base units of derivatives, volume in quote units, is closed].</summary>
    public static Candle CandleOf(JsonElement bar, InstrumentKind kind) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(bar[0].Whole()),
        bar[1].Price(), bar[2].Price(), bar[3].Price(), bar[4].Price(),
        bar[kind is InstrumentKind.Spot ? 5 : 6].Quantity());

    public static FundingPayment FundingOf(JsonElement paid) =>
        new(paid.DecimalOrNone("realizedRate") ?? paid.Decimal("fundingRate"), paid.Milliseconds("fundingTime"));

    public static DerivativeState NextFundingOf(JsonElement data) => new(
        data.MillisecondsOrNone("ts") ?? data.Milliseconds("fundingTime"),
        Funding: new(data.Decimal("fundingRate"), data.Milliseconds("fundingTime")));

    public static DerivativeState MarkOf(JsonElement data) => new(data.Milliseconds("ts"), Mark: data.Price("markPx"));

    public static DerivativeState IndexOf(JsonElement data) => new(data.Milliseconds("ts"), Index: data.Price("idxPx"));

    public static DerivativeState OpenInterestOf(JsonElement data) =>
        new(data.Milliseconds("ts"), OpenInterest: data.Decimal("oi"));

    public static MarginTier TierOf(JsonElement tier) => new(
        tier.Decimal("minSz"), tier.Decimal("maxSz"), tier.Decimal("maxLever"), tier.Decimal("imr"), tier.Decimal("mmr"));

    public static OptionState OptionOf(JsonElement option) => new(
        option.Text("instId"), option.DecimalOrNone("markVol"), option.DecimalOrNone("bidVol"), option.DecimalOrNone("askVol"),
        option.PriceOrNone("fwdPx"), option.DecimalOrNone("deltaBS") ?? option.DecimalOrNone("deltaBs"),
        option.DecimalOrNone("gammaBS") ?? option.DecimalOrNone("gammaBs"),
        option.DecimalOrNone("thetaBS") ?? option.DecimalOrNone("thetaBs"),
        option.DecimalOrNone("vegaBS") ?? option.DecimalOrNone("vegaBs"), option.Milliseconds("ts"));

    /// <summary>Of what is planned and under way, only maintenance of trading that goes on now is a state.</summary>
    public static VenueStatus StatusOf(JsonElement works)
    {
        var ours = works.EnumerateArray()
            .Where(work => work.TextOrNone("serviceType") is null or "0" or "5" && work.Text("state") is "ongoing" or "pre_open")
            .ToArray();
        if (ours.Length == 0)
            return new(VenueState.Online, Message: null, VenueTime: null);
        return new(
            ours[0].Is("state", "ongoing") ? VenueState.Maintenance : VenueState.PostOnly, ours[0].TextOrNone("title"),
            VenueTime: null);
    }
}
