using System.Net;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Gemini;

/// <summary>What Gemini answers about its markets (REST API, 2026-07), in our words.</summary>
internal static class GeminiAnswers
{
    public static VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body) => (int)status is >= 200 and < 300
        ? new VenueAnswer<JsonElement>.Answered(body)
        : Complaint(body.Text("reason"), body.TextOrNone("message") ?? string.Empty);

    /// <summary>
    /// <c>tick_size</c> is the step of quantities there, and <c>quote_increment</c> the tick of prices. Null for perpetuals,
    /// and for what the platform cannot name.
    /// </summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement details) => details.TextOrNone("product_type") is null or "spot"
        ? new SpotListing(
            details.Text("symbol").ToUpperInvariant(), details.Text("base_currency"), details.Text("quote_currency"),
            details.Decimal("quote_increment"), details.Decimal("tick_size"), details.Is("status", "open"))
        {
            MinQuantity = details.Decimal("min_order_size"),
        }.At(venue)
        : null;

    /// <summary>The venue tells one half of a day in each version of its API.</summary>
    /// <param name="prices">GET /v2/ticker.</param>
    /// <param name="volumes">GET /v1/pubticker: by the codes of base and quote.</param>
    public static DaySummary DayOf(JsonElement prices, JsonElement volumes, Symbol market)
    {
        var volume = volumes.GetProperty("volume");
        return new(
            volumes.PriceOrNone("last"),
            volumes.PriceOrNone("bid"), Quantity.Zero, volumes.PriceOrNone("ask"), Quantity.Zero,
            prices.PriceOrNone("open"), prices.PriceOrNone("high"), prices.PriceOrNone("low"),
            volume.Quantity(market.Base.Value), volume.Notional(market.Quote.Value), volume.Milliseconds("timestamp"));
    }

    /// <summary>The venue counts nothing: a stream's own snapshot is what its differences follow.</summary>
    public static DepthSnapshot DepthOf(JsonElement book) => new(0, LevelsOf(book, "bids"), LevelsOf(book, "asks"));

    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.Whole("tid"), trade.Price("price"), trade.Quantity("amount"),
        trade.Is("type", "buy") ? TakerSide.Buy : TakerSide.Sell, trade.Milliseconds("timestampms"));

    /// <summary>[milliseconds, open, high, low, close, volume].</summary>
    public static Candle CandleOf(JsonElement bar) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(bar[0].Whole()),
        bar[1].Price(), bar[2].Price(), bar[3].Price(), bar[4].Price(), bar[5].Quantity());

    /// <summary>The venue says of each market what it takes; of all of them, the one that trades most speaks.</summary>
    public static VenueStatus StatusOf(JsonElement details) => new(
        details.Text("status") switch
        {
            "open" => VenueState.Online,
            "post_only" => VenueState.PostOnly,
            "limit_only" => VenueState.LimitOnly,
            "cancel_only" => VenueState.CancelOnly,
            "closed" => VenueState.Maintenance,
            var other => throw new JsonException($"No such status: {other}."),
        },
        Message: null, VenueTime: null);

    private static IReadOnlyList<BookLevel> LevelsOf(JsonElement book, string side) =>
        book.Each(side, level => new BookLevel(level.Price("price"), level.Quantity("amount")));

    private static VenueAnswer<JsonElement> Complaint(string reason, string message) => reason switch
    {
        "RateLimit" or "RateLimited" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, $"{reason} {message}"),
        "System" or "Maintenance" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, $"{reason} {message}"),
        _ => new VenueAnswer<JsonElement>.Refused(reason, message, $"{reason} {message}"),
    };
}
