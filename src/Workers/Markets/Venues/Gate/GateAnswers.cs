using System.Globalization;
using System.Net;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Gate;

/// <summary>What Gate.io answers about its spot markets (API v4, 2026-07), in our words.</summary>
internal static class GateAnswers
{
    private const decimal Percent = 100;

    public static VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body) => (int)status is >= 200 and < 300
        ? new VenueAnswer<JsonElement>.Answered(body)
        : Complaint(body.Text("label"), body.TextOrNone("message") ?? string.Empty);

    /// <summary>The fee is told in per cent, one for makers and takers. Null for what the platform cannot name.</summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement pair) => new SpotListing(
        pair.Text("id"), pair.Text("base"), pair.Text("quote"),
        SpotListing.StepOf(pair.GetProperty("precision").GetInt32()),
        SpotListing.StepOf(pair.GetProperty("amount_precision").GetInt32()), pair.Is("trade_status", "tradable"))
    {
        MinQuantity = pair.DecimalOrNone("min_base_amount") ?? 0,
        MaxQuantity = pair.DecimalOrNone("max_base_amount") ?? 0,
        MinNotional = pair.DecimalOrNone("min_quote_amount") ?? 0,
        MaxNotional = pair.DecimalOrNone("max_quote_amount") ?? 0,
        Fees = pair.DecimalOrNone("fee") is { } fee ? new(fee / Percent, fee / Percent) : null,
    }.At(venue);

    /// <summary>The venue does not tell the open, and its change in per cent is rounded too far to reckon it back.</summary>
    /// <param name="at">Ours: the answer holds no time.</param>
    public static DaySummary DayOf(JsonElement ticker, DateTimeOffset at) => new(
        ticker.PriceOrNone("last"),
        ticker.PriceOrNone("highest_bid"), ticker.QuantityOrZero("highest_size"),
        ticker.PriceOrNone("lowest_ask"), ticker.QuantityOrZero("lowest_size"),
        Open: null, ticker.PriceOrNone("high_24h"), ticker.PriceOrNone("low_24h"),
        Quantity.From(SumOf(ticker, "base_volume")), Notional.From(SumOf(ticker, "quote_volume")), at);

    public static DepthSnapshot DepthOf(JsonElement book) => new(book.Whole("id"), book.Levels("bids"), book.Levels("asks"));

    public static PublicTrade TradeOf(JsonElement trade) => new(
        trade.Whole("id"), trade.Price("price"), trade.Quantity("amount"),
        trade.Is("side", "buy") ? TakerSide.Buy : TakerSide.Sell, trade.FineMilliseconds("create_time_ms"));

    /// <summary>[seconds, quote volume, close, high, low, open, base volume, is closed].</summary>
    public static Candle CandleOf(JsonElement bar) => new(
        DateTimeOffset.FromUnixTimeSeconds(bar[0].Whole()),
        bar[5].Price(), bar[3].Price(), bar[4].Price(), bar[2].Price(), bar[6].Quantity());

    // The venue multiplies without rounding: sums have up to 20 places, of which ours keep 18.
    private static decimal SumOf(JsonElement ticker, string name) => decimal.Round(
        decimal.Parse(ticker.Text(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), ExactDecimal.ScaleMax,
        MidpointRounding.ToEven);

    private static VenueAnswer<JsonElement> Complaint(string label, string message) => label switch
    {
        "TOO_MANY_REQUESTS" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, $"{label} {message}"),
        "INTERNAL" or "SERVER_ERROR" or "TOO_BUSY" =>
            new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, $"{label} {message}"),
        _ => new VenueAnswer<JsonElement>.Refused(label, message, $"{label} {message}"),
    };
}
