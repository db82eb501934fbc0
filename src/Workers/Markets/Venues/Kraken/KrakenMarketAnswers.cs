using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Reads what Kraken's public REST routes answer (docs.kraken.com, 2026-07).</summary>
internal static class KrakenMarketAnswers
{
    /// <summary>AssetPairs; what the platform cannot name, such as tokenized shares (AAPLx), is left out.</summary>
    /// <returns>With the name by which other answers call the pair.</returns>
    public static IReadOnlyList<(string Key, Instrument Instrument)> Instruments(VenueId venue, JsonElement answer) =>
        [.. from pair in answer.EnumerateObject()
            let market = KrakenNames.MarketOf(pair.Value.Text("wsname"))
            where market is not null
            select (pair.Name, InstrumentOf(venue, market.Value, pair.Value))];

    public static IReadOnlyList<(Instrument Instrument, DaySummary Day)> Days(
        JsonElement answer, IReadOnlyDictionary<string, Instrument> byKey, DateTimeOffset now) =>
        [.. from pair in answer.EnumerateObject()
            where byKey.ContainsKey(pair.Name)
            select (byKey[pair.Name], DayOf(pair.Value, now))];

    public static DepthSnapshot Depth(JsonElement answer)
    {
        var book = TheOnly(answer);
        return new(LastUpdateId: 0, Levels(book.GetProperty("bids")), Levels(book.GetProperty("asks")));
    }

    /// <summary>[price, volume, time, "b" or "s" of the taker, "m" or "l", "", number].</summary>
    public static IReadOnlyList<PublicTrade> Trades(JsonElement answer) =>
        [.. TheOnly(answer).EnumerateArray().Select(trade => new PublicTrade(
            trade[6].GetInt64(), trade[0].Price(), trade[1].Quantity(),
            trade[3].GetString() switch
            {
                "b" => TakerSide.Buy,
                "s" => TakerSide.Sell,
                _ => throw new JsonException("A trade is bought or sold."),
            },
            Seconds(trade[2])))];

    /// <summary>[time, open, high, low, close, vwap, volume, count]; those without a trade are left out.</summary>
    public static IReadOnlyList<Candle> Candles(JsonElement answer) =>
        [.. from bar in TheOnly(answer).EnumerateArray()
            where bar[7].GetInt64() > 0
            select new Candle(
                DateTimeOffset.FromUnixTimeSeconds(bar[0].GetInt64()), bar[1].Price(), bar[2].Price(), bar[3].Price(),
                bar[4].Price(), bar[6].Quantity())];

    public static VenueStatus Status(JsonElement answer) => new(
        StateOf(answer.Text("status")), answer.TextOrNone("msg"), answer.Time("timestamp"));

    /// <summary>The words of SystemStatus, of AssetPairs and of the status channel.</summary>
    /// <exception cref="JsonException">It is none of them.</exception>
    public static VenueState StateOf(string status) => status switch
    {
        "online" => VenueState.Online,
        "post_only" => VenueState.PostOnly,
        "limit_only" => VenueState.LimitOnly,
        "cancel_only" or "reduce_only" => VenueState.CancelOnly,
        "maintenance" or "delisted" or "work_in_progress" => VenueState.Maintenance,
        _ => throw new JsonException($"Unknown status '{status}'."),
    };

    /// <summary>Seconds since 1970 with a fraction, to 100 ns.</summary>
    public static DateTimeOffset Seconds(JsonElement element) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(element.Decimal() * TimeSpan.TicksPerSecond));

    private static Instrument InstrumentOf(VenueId venue, Symbol market, JsonElement pair)
    {
        var lot = 1m;
        for (var places = pair.GetProperty("lot_decimals").GetInt32(); places > 0; places--)
            lot /= 10;
        var none = new QuantityRules(Quantity.Zero, Quantity.Zero, Quantity.Zero);
        var min = Notional.From(pair.DecimalOrNone("costmin") ?? 0);
        return new(
            venue, pair.Text("altname"), market, InstrumentKind.Spot,
            new(
                market, new(pair.Decimal("tick_size"), 0, 0),
                new(Quantity.From(lot), Quantity.From(pair.Decimal("ordermin")), Quantity.Zero), none,
                new(min, Notional.Zero, min, Notional.Zero),
                pair.GetProperty("lot_decimals").GetInt32(), pair.GetProperty("cost_decimals").GetInt32()),
            // Orders are taken with or without restrictions; what exactly, the venue's status tells.
            pair.Text("status") is "online" or "limit_only" or "post_only",
            Fees: FeesOf(pair));
    }

    // The first step of each ladder, in per cent; a pair without one for makers has one price for both.
    private static FeeRates? FeesOf(JsonElement pair)
    {
        if (!pair.TryGetProperty("fees", out var takers) || takers.GetArrayLength() == 0)
            return null;
        var taker = takers[0][1].Decimal() / 100;
        return new(
            pair.TryGetProperty("fees_maker", out var makers) && makers.GetArrayLength() > 0
                ? makers[0][1].Decimal() / 100
                : taker,
            taker);
    }

    // "o" is since midnight, not since 24 hours: the stream tells the change since then.
    private static DaySummary DayOf(JsonElement pair, DateTimeOffset now)
    {
        var volume = pair.GetProperty("v")[1].Quantity();
        return new(
            pair.GetProperty("c")[0].Price(), pair.GetProperty("b")[0].Price(), pair.GetProperty("b")[2].Quantity(),
            pair.GetProperty("a")[0].Price(), pair.GetProperty("a")[2].Quantity(), Open: null,
            pair.GetProperty("h")[1].Price(), pair.GetProperty("l")[1].Price(), volume, QuoteVolume: null, now);
    }

    private static IReadOnlyList<BookLevel> Levels(JsonElement levels) =>
        [.. levels.EnumerateArray().Select(level => new BookLevel(level[0].Price(), level[1].Quantity()))];

    // The answer names the pair in the venue's own way, whatever it was asked by; "last" is where the next page begins.
    private static JsonElement TheOnly(JsonElement answer) => answer.EnumerateObject()
        .First(member => !member.NameEquals("last")).Value;

    /// <summary>Nanoseconds since 1970, which is where the next page of trades begins.</summary>
    public static string Nanoseconds(DateTimeOffset at) =>
        ((at - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
