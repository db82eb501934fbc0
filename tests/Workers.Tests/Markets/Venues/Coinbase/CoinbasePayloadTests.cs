using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Coinbase;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues.Coinbase;

using static RecordedPayload;

/// <summary>What Coinbase answers is read digit for digit; the payloads are recorded ones.</summary>
public sealed class CoinbasePayloadTests
{
    private static readonly VenueId Venue = VenueId.From("coinbase");

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_products.json", "nautilus/venue-payloads/coinbase/http_product.json")]
    public void Recorded_spot_markets_are_read()
    {
        var listed = Json("coinbase", "http_products").Each("products", product => CoinbaseListing.InstrumentOf(Venue, product));

        Assert.Equal(["BTC-USD", "BTC-USDC"], listed.Select(instrument => instrument?.Market.Value));
        var market = Symbol.From("BTC-USD");
        var expected = new Instrument(
            Venue, "BTC-USD", market, InstrumentKind.Spot,
            new(
                market, new(0.01m, 0, 0), new(Quantity.From(0.00000001m), Quantity.From(0.00000001m), Quantity.From(3400)),
                new(Quantity.Zero, Quantity.Zero, Quantity.Zero),
                new(Notional.From(1), Notional.From(150_000_000), Notional.From(1), Notional.From(150_000_000)), 8, 2),
            IsTrading: true);
        Assert.Equal(expected, listed[0]);
        Assert.Equal(expected, CoinbaseListing.InstrumentOf(Venue, Json("coinbase", "http_product")));
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_products.json")]
    public void Recorded_day_is_read()
    {
        var at = At(1775521800000);

        Assert.Equal(
            new(
                Price.From(68925.98m), null, default, null, default, null, null, null, Quantity.From(11005.02587005m),
                Notional.From(758532193.02m), at),
            CoinbaseMarketAnswers.DayOf(Json("coinbase", "http_products").GetProperty("products")[0], at));
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_products_future.json")]
    public void Recorded_futures_and_perpetuals_are_read()
    {
        var products = Json("coinbase", "http_products_future").GetProperty("products");
        var listed = products.Each(product => CoinbaseListing.InstrumentOf(Venue, product)!);

        Assert.Equal(["BIP-20DEC30-CDE", "BIT-24APR26-CDE"], listed.Select(instrument => instrument.VenueSymbol));
        Assert.Equal([InstrumentKind.Perpetual, InstrumentKind.Future], listed.Select(instrument => instrument.Kind));
        Assert.All(listed, instrument => Assert.Equal(Symbol.From("BTC-USD"), instrument.Market));
        Assert.All(listed, instrument => Assert.True(instrument.IsTrading));
        Assert.Equal(new DerivativeTerms(0.01m, IsInverse: false, Asset.From("USD")), listed[0].Derivative);
        Assert.Equal(new DateTimeOffset(2026, 4, 24, 15, 0, 0, TimeSpan.Zero), listed[1].Derivative?.ExpiresAt);
        Assert.Equal((5m, Quantity.From(5000)), (listed[0].Rules.Price.TickSize, listed[0].Rules.Lot.Max));
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_products_future.json")]
    public void Recorded_funding_index_and_open_interest_are_read()
    {
        var products = Json("coinbase", "http_products_future").GetProperty("products");
        var at = At(1775521800000);

        Assert.Equal(
            new(
                at, Index: Price.From(68899.882564m), OpenInterest: 183_283,
                Funding: new(0.000013m, new DateTimeOffset(2026, 4, 7, 0, 0, 0, TimeSpan.Zero))),
            CoinbaseMarketAnswers.DerivativeOf(products[0], at));
        Assert.Equal(new(at, OpenInterest: 35_445), CoinbaseMarketAnswers.DerivativeOf(products[1], at));
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_product_book.json")]
    public void Recorded_book_is_read()
    {
        var book = CoinbaseMarketAnswers.DepthOf(Json("coinbase", "http_product_book"));

        Assert.Equal((5, 5), (book.Bids.Count, book.Asks.Count));
        Assert.Equal([Level(68923.66m, 0.17189468m), Level(68923, 0.05795895m)], book.Bids.Take(2));
        Assert.Equal([Level(68923.67m, 0.16987193m), Level(68926, 0.058m)], book.Asks.Take(2));
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_ticker.json")]
    public void Recorded_trades_are_read_by_who_took()
    {
        var recorded = Json("coinbase", "http_ticker");
        var trades = recorded.GetProperty("trades").EachBackwards(CoinbaseMarketAnswers.TradeOf);

        Assert.Equal([995098661, 995098662, 995098663], trades.Select(trade => trade.Id));
        // Who bought at what was asked is who took.
        Assert.Equal(recorded.Price("best_ask"), trades[2].Price);
        Assert.Equal([TakerSide.Sell, TakerSide.Buy, TakerSide.Buy], trades.Select(trade => trade.TakerSide));
        Assert.Equal(
            new(
                995098661, Price.From(68924.94m), Quantity.From(0.01450854m), TakerSide.Sell,
                new DateTimeOffset(2026, 4, 7, 0, 28, 57, TimeSpan.Zero).AddTicks(2962830)),
            trades[0]);
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_candles.json")]
    public void Recorded_bars_are_read_oldest_first()
    {
        var bars = Json("coinbase", "http_candles").GetProperty("candles").EachBackwards(CoinbaseMarketAnswers.CandleOf);

        Assert.Equal([At(1712188800000), At(1712192400000)], bars.Select(bar => bar.OpenTime));
        Assert.Equal(
            new(
                At(1712192400000), Price.From(66312.4m), Price.From(66331.99m), Price.From(66055.14m), Price.From(66181.6m),
                Quantity.From(355.82896243m)),
            bars[1]);
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_accounts.json")]
    public void Recorded_wallets_are_read() => Assert.Equal(
        [
            new(
                "8bfc20d7-f7c6-4422-bf07-8243ca4169fe", "BTC", new("BTC", Quantity.From(1.23456789m), Quantity.From(0.005m)),
                new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero)),
            new(
                "9cfc20d7-f7c6-4422-bf07-8243ca4169ff", "USD", new("USD", Quantity.From(10000.5m), Quantity.From(450)),
                new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero)),
        ],
        Json("coinbase", "http_accounts").Each("accounts", CoinbaseAccountAnswers.WalletOf));

    [Fact, Reads(
        "nautilus/venue-payloads/coinbase/http_cfm_positions.json", "nautilus/venue-payloads/coinbase/http_cfm_position.json")]
    public void Recorded_positions_are_read()
    {
        Assert.Equal(
            [
                new VenuePosition(
                    "BIP-20DEC30-CDE", 2, Price.From(49_000), Price.From(50_000), Price.From(40_000), 5,
                    new(20, Asset.From("USD")), null),
            ],
            Json("coinbase", "http_cfm_positions").Each("positions", CoinbaseAccountAnswers.PositionOf));
        Assert.Equal(
            new(
                "BIP-20DEC30-CDE", -3, Price.From(51_000), Price.From(50_000), Price.From(60_000), 5, new(30, Asset.From("USD")),
                null),
            CoinbaseAccountAnswers.PositionOf(Json("coinbase", "http_cfm_position").GetProperty("position")));
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_cfm_balance_summary.json")]
    public void Recorded_balance_of_futures_is_what_is_free_and_what_is_held() => Assert.Equal(
        new("USD", Quantity.From(7500), Quantity.From(500)),
        CoinbaseAccountAnswers.FuturesBalanceOf(Json("coinbase", "http_cfm_balance_summary")));

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_order.json")]
    public void Recorded_order_is_read() => AssertOrder(
        new(
            "BTC-USD", "0000-000000-000000", "11111-000000-000000", VenueOrderStatus.PartiallyFilled, VenueSide.Buy,
            VenueOrderType.Limit, Price.From(10_000), Quantity.From(0.001m), Quantity.From(0.001m), Notional.From(10_000), [],
            new(2021, 5, 31, 10, 30, 0, TimeSpan.Zero)),
        Json("coinbase", "http_order").GetProperty("order"));

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_orders_list.json")]
    public void Recorded_orders_are_read()
    {
        var orders = Json("coinbase", "http_orders_list").GetProperty("orders");

        AssertOrder(
            new(
                "BTC-USD", "0000-000000-000001", "11111-000000-000001", VenueOrderStatus.New, VenueSide.Buy, VenueOrderType.Limit,
                Price.From(45_000), Quantity.From(0.01m), Quantity.Zero, Notional.Zero, [],
                new(2024, 1, 15, 10, 0, 0, TimeSpan.Zero)),
            orders[0]);
        AssertOrder(
            new(
                "ETH-USD", "0000-000000-000002", "11111-000000-000002", VenueOrderStatus.Filled, VenueSide.Sell,
                VenueOrderType.Market, null, Quantity.Zero, Quantity.From(0.0325m), Notional.From(100), [],
                new(2024, 1, 15, 10, 5, 0, TimeSpan.Zero)),
            orders[1]);
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/http_fills.json")]
    public void Recorded_fills_are_read() => Assert.Equal(
        [
            new VenueFill(
                "BTC-USD", "1111-11111-111111", "0000-000000-000000", VenueSide.Buy, Price.From(45123.45m),
                Quantity.From(0.005m), Notional.From(225.61725m), new(1.14m, Asset.From("USD")), IsMaker: true,
                new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero)),
            new VenueFill(
                "ETH-USD", "1111-11111-111112", "0000-000000-000002", VenueSide.Sell, Price.From(3076.92m),
                Quantity.From(0.0325m), Notional.From(99.9999m), new(0.5m, Asset.From("USD")), IsMaker: false,
                new(2024, 1, 15, 10, 5, 0, TimeSpan.Zero)),
        ],
        Json("coinbase", "http_fills").Each("fills", CoinbaseOrders.FillOf));

    [Fact]
    public void Fill_in_quote_units_is_of_so_many_base_units()
    {
        using var fill = JsonDocument.Parse(
            """
            {"trade_id":"t","order_id":"o","trade_time":"2023-01-18T01:37:38.091377090Z","price":"20000","size":"100",
             "commission":"0.5","product_id":"BTC-USDT","liquidity_indicator":"UNKNOWN_LIQUIDITY_INDICATOR","size_in_quote":true,
             "side":"BUY"}
            """);

        var read = CoinbaseOrders.FillOf(fill.RootElement);

        Assert.Equal((Quantity.From(0.005m), Notional.From(100), null), (read.Quantity, read.QuoteQuantity, read.IsMaker));
        Assert.Equal(Asset.From("USDT"), read.Fee.Asset);
    }

    private static void AssertOrder(VenueOrder expected, JsonElement order)
    {
        var read = CoinbaseOrders.OrderOf(order);

        Assert.Empty(read.Fills);
        Assert.Equal(expected with { Fills = read.Fills }, read);
    }
}
