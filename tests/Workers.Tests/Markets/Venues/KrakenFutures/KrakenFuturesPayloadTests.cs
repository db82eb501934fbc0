using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.KrakenFutures;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues.KrakenFutures;

/// <summary>What Kraken says of its derivatives, recorded, against values read from the recordings by hand.</summary>
public sealed class KrakenFuturesPayloadTests
{
    private static readonly VenueId Venue = VenueId.From("kraken-futures");

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_instruments.json")]
    public void Contracts_are_read_with_their_steps_and_what_cannot_be_named_is_left_out()
    {
        var listed = ListedIn("http_futures_instruments");

        Assert.Equal(["PI_XBTUSD", "PF_ETHUSD", "PF_PEPEUSD"], listed.Select(one => one.VenueSymbol));
        Assert.Equal(
            new Instrument(
                Venue, "PI_XBTUSD", Symbol.From("BTC-USD"), InstrumentKind.Perpetual,
                RulesOf("BTC-USD", tick: 0.5m, step: 1, basePlaces: 0, quotePlaces: 1), IsTrading: true,
                new DerivativeTerms(1, IsInverse: true, Asset.From("BTC"))),
            listed[0]);
        Assert.Equal(Ether, listed[1]);
        Assert.Equal(
            (RulesOf("PEPE-USD", tick: 0.0000000001m, step: 1000, basePlaces: 0, quotePlaces: 10), Asset.From("USD")),
            (listed[2].Rules, listed[2].Derivative!.SettleAsset));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_fills.json")]
    public void Fills_are_read_with_what_they_cost()
    {
        var fills = RecordedPayload.Json("kraken", "http_futures_fills").Each("fills", KrakenFuturesAccount.FillOf);

        Assert.Equal(["PI_XBTUSD", "PI_ETHUSD", "PI_XBTUSD"], fills.Select(fill => fill.VenueSymbol));
        Assert.Equal(
            new VenueFill(
                "PI_XBTUSD", "cad76f07-814e-4dc6-8478-7867407b6bff", "9e30258b-5a98-4002-968a-5b0e149bcfbf", VenueSide.Buy,
                Price.From(27937.5m), Quantity.From(5000), Notional.From(139_687_500m), new(0.00008957m, Asset.From("BTC")), IsMaker: true,
                new DateTimeOffset(2023, 4, 7, 15, 45, 10, 739, TimeSpan.Zero)),
            fills[0]);
        Assert.Equal((VenueSide.Sell, false), (fills[2].Side, fills[1].IsMaker));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_instrument_no_fee_schedule.json")]
    public void Contract_without_a_fee_schedule_is_the_same_contract() =>
        Assert.Equal([Ether], ListedIn("http_futures_instrument_no_fee_schedule"));

    [Fact]
    public void Dated_contract_ends_when_it_was_traded_last() => Assert.Equal(
        (InstrumentKind.Future, new DateTimeOffset(2026, 3, 27, 16, 0, 0, TimeSpan.Zero)),
        KrakenFuturesListing.InstrumentOf(Venue, Json(
            """
            {"symbol":"FF_XBTUSD_260327","type":"flexible_futures","lastTradingTime":"2026-03-27T16:00:00.000Z","tickSize":1,
             "contractSize":1,"tradeable":true,"contractValueTradePrecision":4,"base":"BTC","quote":"USD"}
            """)) is { Derivative.ExpiresAt: { } expires } future ? (future.Kind, expires) : default);

    [Fact]
    public void Index_is_no_contract() => Assert.Null(KrakenFuturesListing.InstrumentOf(
        Venue, Json("""{"symbol":"in_xbtusd","type":"spot index","tradeable":false}""")));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_tickers.json")]
    public void Days_and_states_are_read()
    {
        var answer = RecordedPayload.Json("kraken", "http_futures_tickers");
        var at = new DateTimeOffset(2025, 11, 17, 0, 34, 37, 524, TimeSpan.Zero);
        var tickers = answer.GetProperty("tickers");

        Assert.Equal(
            new DaySummary(
                Price.From(3200.5m), Price.From(3200), Quantity.From(100), Price.From(3210.5m), Quantity.From(150),
                Price.From(3150), Price.From(3250), Price.From(3100), Quantity.From(500_000), Notional.From(1_600_000), at),
            KrakenFuturesAnswers.DayOf(tickers[1], answer.Time("serverTime")));
        Assert.Equal(
            [
                new(at, Price.From(91506.6009839176m), Price.From(91468.38m), OpenInterest: 21_279_580),
                new DerivativeState(at, Price.From(3205.25m), Price.From(3202.75m), OpenInterest: 1_000_000),
            ],
            tickers.Each(ticker => KrakenFuturesAnswers.DerivativeOf(ticker, at)));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_historical_funding_rates.json")]
    public void Fundings_are_fractions_not_amounts() => Assert.Equal(
        [
            new(0.0001m, new(2025, 7, 11, 8, 0, 0, TimeSpan.Zero)), new(-0.00005m, new(2025, 7, 11, 0, 0, 0, TimeSpan.Zero)),
            new FundingPayment(0.00015m, new(2025, 7, 10, 16, 0, 0, TimeSpan.Zero)),
        ],
        RecordedPayload.Json("kraken", "http_futures_historical_funding_rates").Each("rates", KrakenFuturesAnswers.FundingOf));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_orderbook.json")]
    public void Book_is_read_and_cut_to_what_was_asked_for()
    {
        var book = KrakenFuturesAnswers.DepthOf(RecordedPayload.Json("kraken", "http_futures_orderbook"), levels: 2);

        Assert.Equal([RecordedPayload.Level(105_900, 0.5m), RecordedPayload.Level(105_850, 1.2m)], book.Bids);
        Assert.Equal([RecordedPayload.Level(105_950, 0.3m), RecordedPayload.Level(106_000, 0.7m)], book.Asks);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_public_executions.json")]
    public void Executions_are_trades_of_their_takers() => Assert.Equal(
        [
            new(
                WireTokens.TradeId("419060e5-869d-41bf-9b6a-33dd7f365d89"u8), Price.From(90_771), Quantity.From(0.0113m), TakerSide.Sell,
                RecordedPayload.At(1764206270368)),
            new(
                WireTokens.TradeId("553b3f49-d671-4eb4-94c9-db1c447f8a74"u8), Price.From(90_766), Quantity.From(0.0006m), TakerSide.Buy,
                RecordedPayload.At(1764206268219)),
            new PublicTrade(
                WireTokens.TradeId("4e9cc105-a3b8-44f9-bde2-c593a419000c"u8), Price.From(90_766), Quantity.From(0.0006m), TakerSide.Buy,
                RecordedPayload.At(1764206268219)),
        ],
        RecordedPayload.Json("kraken", "http_futures_public_executions").Each("elements", KrakenFuturesAnswers.TradeOf));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_candles_trade.json")]
    public void Bars_are_read() => Assert.Equal(
        [
            Bar(1731715200000, 91_069, 91_373.5m, 90_956, 91_045.5m, 319_499), Bar(1731718800000, 91_045.5m, 91_488.5m, 91_045.5m, 91_415, 2407),
            Bar(1731722400000, 91_415, 91_490.5m, 91_415, 91_490.5m, 4995),
        ],
        KrakenFuturesAnswers.CandlesOf(RecordedPayload.Json("kraken", "http_futures_candles_trade")));

    [Fact, Reads(
        "nautilus/venue-payloads/kraken/http_futures_candles_mark.json", "nautilus/venue-payloads/kraken/http_futures_candles_spot.json")]
    public void Bars_of_what_is_only_reckoned_hold_no_trade_and_are_none() => Assert.All(
        (string[])["http_futures_candles_mark", "http_futures_candles_spot"],
        name => Assert.Empty(KrakenFuturesAnswers.CandlesOf(RecordedPayload.Json("kraken", name))));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_open_positions.json")]
    public void Positions_are_long_above_zero_and_short_below() => Assert.Equal(
        [
            ("PI_XBTUSD", -8000m, 27523.749993345933m, null), ("PI_ETHUSD", 12_000m, 1750.25m, (Money?)null),
        ],
        RecordedPayload.Json("kraken", "http_futures_open_positions").Each("openPositions", KrakenFuturesAccount.PositionOf)
            .Select(held => (held.VenueSymbol, held.Contracts, held.EntryPrice!.Value.Value, held.Unrealized)));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_futures_open_orders.json")]
    public void Of_open_orders_those_that_wait_for_a_price_are_triggers()
    {
        var trigger = Assert.Single(KrakenFuturesAccount.TriggersOf(RecordedPayload.Json("kraken", "http_futures_open_orders")));

        Assert.Equal(
            ("PI_ETHUSD", "c8135f52-2a86-4e26-b629-43cc37da9dbf", null, VenueSide.Buy, TriggerState.Waiting, Quantity.From(10), null,
                new DateTimeOffset(2023, 4, 7, 15, 14, 25, 995, TimeSpan.Zero)),
            (trigger.VenueSymbol, trigger.VenueTriggerId, trigger.ClientTriggerId, trigger.Side, trigger.State, trigger.Quantity,
                trigger.VenueOrderId, trigger.At));
        Assert.Equal([new(Price.From(1880.4m), TriggerPriceKind.Last, Price.From(1860))], trigger.Triggers);
    }

    // docs.kraken.com, derivatives, "Get wallets".
    [Fact]
    public void Collateral_is_what_backs_linear_contracts() => Assert.Equal(
        [new("BTC", Quantity.From(0.1m), Quantity.From(0.0185308247m)), new VenueBalance("USD", Quantity.From(5000), Quantity.Zero)],
        KrakenFuturesAccount.CollateralOf(Json(
            """
            {"result":"success","accounts":{"cash":{"type":"cashAccount","balances":{"xbt":"141.31756797"}},
             "flex":{"type":"multiCollateralMarginAccount","currencies":{
              "XBT":{"quantity":0.1185308247,"value":4998.72,"collateral":4886.49,"available":0.1},
              "USD":{"quantity":5000,"value":5000,"collateral":5000,"available":5000},
              "EUR":{"quantity":0,"value":0,"collateral":0,"available":0}}}}}
            """)));

    private static Instrument Ether { get; } = new(
        Venue, "PF_ETHUSD", Symbol.From("ETH-USD"), InstrumentKind.Perpetual,
        RulesOf("ETH-USD", tick: 0.1m, step: 0.001m, basePlaces: 3, quotePlaces: 4), IsTrading: true,
        new DerivativeTerms(1, IsInverse: false, Asset.From("USD")));

    private static MarketRules RulesOf(string market, decimal tick, decimal step, int basePlaces, int quotePlaces) => new(
        Symbol.From(market), new(tick, 0, 0), new(Quantity.From(step), Quantity.From(step), Quantity.Zero),
        new(Quantity.Zero, Quantity.Zero, Quantity.Zero), NotionalRules.None, basePlaces, quotePlaces);

    private static Candle Bar(long at, decimal open, decimal high, decimal low, decimal close, decimal volume) => new(
        RecordedPayload.At(at), Price.From(open), Price.From(high), Price.From(low), Price.From(close), Quantity.From(volume));

    private static IReadOnlyList<Instrument> ListedIn(string name) =>
    [
        .. RecordedPayload.Json("kraken", name).GetProperty("instruments").EnumerateArray()
            .Select(listed => KrakenFuturesListing.InstrumentOf(Venue, listed)).OfType<Instrument>(),
    ];

    private static JsonElement Json(string text) => RecordedVenueData.Json(text);
}
