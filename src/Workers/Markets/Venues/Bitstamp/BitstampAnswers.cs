using System.Net;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bitstamp;

/// <summary>What Bitstamp answers about its markets (API v2, 2026-07), in our words.</summary>
internal static class BitstampAnswers
{
    public static VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body) => (int)status is >= 200 and < 300
        ? new VenueAnswer<JsonElement>.Answered(body)
        : Complaint(body);

    /// <summary>Of trading-pairs-info; the smallest order is told as "20.0 USD". Null for what the platform cannot name.</summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement pair)
    {
        if (pair.Text("name").Split('/') is not [var baseCode, var quoteCode])
            return null;
        if (!WireDecimal.TryParse(pair.Text("minimum_order").Split(' ')[0], out var smallest))
            throw new JsonException("minimum_order is no amount.");

        return new SpotListing(
            pair.Text("url_symbol"), baseCode, quoteCode,
            SpotListing.StepOf(pair.GetProperty("counter_decimals").GetInt32()),
            SpotListing.StepOf(pair.GetProperty("base_decimals").GetInt32()), pair.Is("trading", "Enabled"))
        {
            MinNotional = smallest,
        }.At(venue);
    }

    /// <summary>"BTC/USD" is btcusd everywhere else.</summary>
    public static string? NameOf(JsonElement ticker) =>
        ticker.TextOrNone("pair")?.Replace("/", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    /// <summary><c>open</c> is that of the calendar day, <c>open_24</c> the price 24 hours ago; sizes are not told.</summary>
    public static DaySummary DayOf(JsonElement ticker) => new(
        ticker.PriceOrNone("last"),
        ticker.PriceOrNone("bid"), Quantity.Zero, ticker.PriceOrNone("ask"), Quantity.Zero,
        ticker.PriceOrNone("open_24"), ticker.PriceOrNone("high"), ticker.PriceOrNone("low"),
        ticker.Quantity("volume"), QuoteVolume: null, ticker.Seconds("timestamp"));

    /// <summary>The book has no number but the microsecond that it is of.</summary>
    public static DepthSnapshot DepthOf(JsonElement book) =>
        new(book.Whole("microtimestamp"), book.Levels("bids"), book.Levels("asks"));

    /// <summary>Type 0 is a buy.</summary>
    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.Whole("tid"), trade.Price("price"), trade.Quantity("amount"),
        trade.Whole("type") == 0 ? TakerSide.Buy : TakerSide.Sell, trade.Seconds("date"));

    public static Candle CandleOf(JsonElement bar) => new(
        bar.Seconds("timestamp"), bar.Price("open"), bar.Price("high"), bar.Price("low"), bar.Price("close"),
        bar.Quantity("volume"));

    private static VenueAnswer<JsonElement> Complaint(JsonElement body)
    {
        var reason = body.TextOrNone("error") ?? body.GetProperty("reason").ToString();
        return new VenueAnswer<JsonElement>.Refused(body.TextOrNone("code") ?? string.Empty, reason, reason);
    }
}
