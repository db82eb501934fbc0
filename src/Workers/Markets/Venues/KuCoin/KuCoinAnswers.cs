using System.Net;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KuCoin;

/// <summary>What KuCoin answers about its spot markets (REST API, 2026-07), in our words.</summary>
internal static class KuCoinAnswers
{
    private const string Success = "200000";

    /// <summary>Every answer is wrapped with a code of its own.</summary>
    public static VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body) => body.Text("code") switch
    {
        Success => new VenueAnswer<JsonElement>.Answered(body.GetProperty("data")),
        "429000" or "1015" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, Words(body)),
        "500000" or "503000" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, Words(body)),
        var code => new VenueAnswer<JsonElement>.Refused(code, body.TextOrNone("msg") ?? string.Empty, Words(body)),
    };

    /// <summary>Null for what the platform cannot name.</summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement symbol) => new SpotListing(
        symbol.Text("symbol"), symbol.Text("baseCurrency"), symbol.Text("quoteCurrency"), symbol.Decimal("priceIncrement"),
        symbol.Decimal("baseIncrement"), symbol.GetProperty("enableTrading").GetBoolean())
    {
        MinQuantity = symbol.Decimal("baseMinSize"),
        MaxQuantity = symbol.Decimal("baseMaxSize"),
        MinNotional = symbol.DecimalOrNone("minFunds") ?? 0,
    }.At(venue);

    /// <param name="at">Of all tickers in one answer.</param>
    public static DaySummary DayOf(JsonElement ticker, DateTimeOffset at)
    {
        var last = ticker.PriceOrNone("last");
        return new(
            last,
            ticker.PriceOrNone("buy"), ticker.QuantityOrZero("bestBidSize"),
            ticker.PriceOrNone("sell"), ticker.QuantityOrZero("bestAskSize"),
            OpenOf(last, ticker.DecimalOrNone("changePrice")), ticker.PriceOrNone("high"), ticker.PriceOrNone("low"),
            ticker.QuantityOrZero("vol"), ticker.DecimalOrNone("volValue") is { } worth ? Notional.From(worth) : null, at);
    }

    /// <summary>What a day's snapshot in the stream says; the same words under other names.</summary>
    public static DaySummary StreamedDayOf(JsonElement day) => new(
        day.PriceOrNone("lastTradedPrice"),
        day.PriceOrNone("buy"), day.QuantityOrZero("bidSize"), day.PriceOrNone("sell"), day.QuantityOrZero("askSize"),
        day.PriceOrNone("open"), day.PriceOrNone("high"), day.PriceOrNone("low"),
        day.QuantityOrZero("vol"), day.DecimalOrNone("volValue") is { } worth ? Notional.From(worth) : null,
        day.Milliseconds("datetime"));

    public static DepthSnapshot DepthOf(JsonElement book) =>
        new(book.Whole("sequence"), book.Levels("bids"), book.Levels("asks"));

    /// <summary>Numbered within the market, as in the stream.</summary>
    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.Whole("sequence"), trade.Price("price"), trade.Quantity("size"),
        trade.Is("side", "buy") ? TakerSide.Buy : TakerSide.Sell, trade.Nanoseconds("time"));

    /// <summary>[seconds, open, close, high, low, volume, turnover].</summary>
    public static Candle CandleOf(JsonElement bar) => new(
        DateTimeOffset.FromUnixTimeSeconds(bar[0].Whole()),
        bar[1].Price(), bar[3].Price(), bar[4].Price(), bar[2].Price(), bar[5].Quantity());

    public static VenueStatus StatusOf(JsonElement status) => new(
        status.Text("status") switch
        {
            "open" => VenueState.Online,
            "cancelonly" => VenueState.CancelOnly,
            "close" => VenueState.Maintenance,
            var other => throw new JsonException($"No such status: {other}."),
        },
        status.TextOrNone("msg"), VenueTime: null);

    /// <summary>Where to connect with the ticket; the venue gives out another each time.</summary>
    public static Uri StreamOf(JsonElement ticket, long connection)
    {
        var server = ticket.GetProperty("instanceServers")[0].Text("endpoint");
        return new($"{server}?token={Uri.EscapeDataString(ticket.Text("token"))}&connectId={connection:x}");
    }

    private static Price? OpenOf(Price? last, decimal? change) =>
        last is { } now && change is { } moved && now.Value - moved is > 0 and var open ? Price.From(open) : null;

    private static string Words(JsonElement body) => $"{body.Text("code")} {body.TextOrNone("msg")}";
}
