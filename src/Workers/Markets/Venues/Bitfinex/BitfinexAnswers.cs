using System.Net;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bitfinex;

/// <summary>What Bitfinex answers about its markets (API v2, 2026-07), in our words: everything there is an array.</summary>
internal static class BitfinexAnswers
{
    // Quantities have eight decimals; prices have five significant digits, whatever they are.
    private const int QuantityDecimals = 8;
    private const int PriceDigits = 5;
    private const int CodeLength = 3;

    /// <summary>Refusals are ["error", code, words], with HTTP 500 mostly, which says nothing about the call.</summary>
    public static VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body) => (int)status is >= 200 and < 300
        ? new VenueAnswer<JsonElement>.Answered(body)
        : new VenueAnswer<JsonElement>.Refused(body[1].ToString(), body[2].ToString(), body.GetRawText());

    /// <summary>Of conf/pub:info:pair,pub:map:currency:sym: all pairs, and what the venue's own codes are called elsewhere.</summary>
    public static IReadOnlyList<Instrument> InstrumentsOf(VenueId venue, JsonElement answer)
    {
        var names = answer[1].EnumerateArray().ToDictionary(
            name => name[0].ToString(), name => name[1].ToString().ToUpperInvariant(), StringComparer.Ordinal);
        return VenueRows.Instruments(answer[0].EnumerateArray(), pair => InstrumentOf(venue, pair, names));
    }

    /// <summary>[symbol, bid, bid size, ask, ask size, change, relative change, last, volume, high, low].</summary>
    /// <param name="at">Ours: the answer holds no time.</param>
    public static DaySummary DayOf(JsonElement ticker, DateTimeOffset at) => DayOf([.. ticker.EnumerateArray().Skip(1)], at);

    /// <summary>The same without the symbol, as the stream sends it.</summary>
    public static DaySummary DayOf(IReadOnlyList<JsonElement> ticker, DateTimeOffset at)
    {
        var (last, change) = (PriceOf(ticker[6]), ticker[4].Decimal());
        return new(
            last, PriceOf(ticker[0]), ticker[1].Quantity(), PriceOf(ticker[2]), ticker[3].Quantity(),
            last is { } now && now.Value - change is > 0 and var open ? Price.From(open) : null,
            PriceOf(ticker[8]), PriceOf(ticker[9]), ticker[7].Quantity(), QuoteVolume: null, at);
    }

    /// <summary>[price, orders, amount]: bids above zero, asks below. The venue counts nothing here.</summary>
    public static DepthSnapshot DepthOf(JsonElement book)
    {
        var rows = book.Each(row => (Price: row[0].Price(), Amount: row[2].Decimal()));
        if (rows.Count == 0)
            throw new JsonException("A book without a level.");
        return new(
            0,
            [.. rows.Where(row => row.Amount > 0).Select(row => new BookLevel(row.Price, Quantity.From(row.Amount)))],
            [.. rows.Where(row => row.Amount < 0).Select(row => new BookLevel(row.Price, Quantity.From(-row.Amount)))]);
    }

    /// <summary>[number, milliseconds, amount, price]: a buyer's amount is above zero.</summary>
    public static PublicTrade TradeOf(JsonElement trade)
    {
        var amount = trade[2].Decimal();
        return new(
            trade[0].Whole(), trade[3].Price(), Quantity.From(Math.Abs(amount)), amount > 0 ? TakerSide.Buy : TakerSide.Sell,
            DateTimeOffset.FromUnixTimeMilliseconds(trade[1].Whole()));
    }

    /// <summary>[milliseconds, open, close, high, low, volume].</summary>
    public static Candle CandleOf(JsonElement bar) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(bar[0].Whole()),
        bar[1].Price(), bar[3].Price(), bar[4].Price(), bar[2].Price(), bar[5].Quantity());

    /// <summary>[1] while the venue works.</summary>
    public static VenueStatus StatusOf(JsonElement status) =>
        new(status[0].Whole() == 1 ? VenueState.Online : VenueState.Maintenance, Message: null, VenueTime: null);

    // ["BTCUSD", [-, -, -, "smallest", "largest", …]]; codes of more than three letters are divided by a colon.
    private static Instrument? InstrumentOf(VenueId venue, JsonElement pair, Dictionary<string, string> names)
    {
        var name = pair[0].ToString();
        var (baseCode, quoteCode) = name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? (name[..colon], name[(colon + 1)..])
            : (name[..CodeLength], name[CodeLength..]);
        // Markets on which nothing is worth anything, to try out.
        if (baseCode.StartsWith("TEST", StringComparison.Ordinal))
            return null;

        return new SpotListing(
            $"t{name}", names.GetValueOrDefault(baseCode, baseCode), names.GetValueOrDefault(quoteCode, quoteCode),
            Tick: 0, SpotListing.StepOf(QuantityDecimals), IsTrading: true)
        {
            SignificantDigits = PriceDigits,
            MinQuantity = pair[1][3].Decimal(),
            MaxQuantity = pair[1][4].Decimal(),
        }.At(venue);
    }

    private static Price? PriceOf(JsonElement price) =>
        price.ValueKind is JsonValueKind.Null || price.Decimal() == 0 ? null : price.Price();
}
