using System.Net;
using System.Text.Json;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Okx;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues.Okx;

using static OkxMarketPayloadTests;
using static RecordedPayload;

/// <summary>What OKX answers about an account is read in our words; the payloads are recorded ones.</summary>
public sealed class OkxPrivatePayloadTests
{
    [Fact, Reads("nautilus/venue-payloads/okx/http_get_account_balance.json")]
    public void Recorded_balance_is_what_is_free_and_what_is_held() => Assert.Equal(
        [new("USDT", Quantity.From(94.42612990333333m), Quantity.From(5.468566666666667m))],
        Data("http_get_account_balance")[0].Each("details", OkxAccountAnswers.BalanceOf));

    [Theory, Reads("nautilus/venue-payloads/okx/{0}.json")]
    [InlineData("http_balance_detail_new_fields")]
    [InlineData("http_balance_detail_old_fields")]
    public void Recorded_detail_of_a_balance_is_read_whatever_else_it_holds(string name) => Assert.Equal(
        new("USDT", Quantity.From(100), Quantity.Zero), OkxAccountAnswers.BalanceOf(Json("okx", name)));

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_trade_fee_response.json")]
    public void Recorded_fees_are_above_zero_where_they_are_paid() => Assert.Equal(
        new(0.0008m, 0.001m), OkxAccountAnswers.FeesOf(Data("http_get_trade_fee_response")[0]));

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_positions.json")]
    public void Recorded_position_is_read() => Assert.Equal(
        [
            new VenuePosition(
                "BTC-USDT-SWAP", 0.5m, Price.From(10_000), Price.From(10_000), Price.From(9000), 10,
                new(0, Asset.From("BTC")), At(1622559930237)),
        ],
        Data("http_get_positions").Each(OkxPositionAnswers.PositionOf));

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_account_positions-history.json")]
    public void Recorded_position_that_is_over_is_read()
    {
        var usdt = Asset.From("USDT");

        Assert.Equal(
            [
                new ClosedPosition(
                    "ETH-USDT-SWAP", 0.1m, Price.From(3226.93m), Price.From(3224.8m), new(-0.06646211m, usdt),
                    new(0.04516211m, usdt), new(0, usdt), At(1736745586679), At(1736745929198)),
            ],
            Data("http_get_account_positions-history").Each(OkxPositionAnswers.ClosedOf));
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_set_position_mode_response.json")]
    public void Recorded_mode_of_positions_is_read() =>
        Assert.True(OkxPositionAnswers.IsHedged(Data("http_set_position_mode_response")[0]));

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_orders_history.json")]
    public void Recorded_order_that_is_over_is_read_with_its_fill()
    {
        var order = OkxOrders.OrderOf(Data("http_get_orders_history")[0]);

        Assert.Equal(
            new VenueOrder(
                "BTC-USDT-SWAP", "2497956918703120384", null, VenueOrderStatus.Filled, VenueSide.Buy, VenueOrderType.Market, null,
                Quantity.From(0.03m), Quantity.From(0.03m), null, order.Fills, At(1746947317402)),
            order);
        Assert.Equal(
            new("BTC-USDT-SWAP", "1518905529", "2497956918703120384", VenueSide.Buy, Price.From(103698.9m), Quantity.From(0.03m),
                Notional.From(3110.967m), new(0.021776769m, Asset.From("USDT")), null, At(1746947317402)),
            Assert.Single(order.Fills));
    }

    [Theory, Reads("nautilus/venue-payloads/okx/{0}.json")]
    [InlineData("http_get_orders_pending", "1234567890123456789", "client-order-1", "103500", "0.10")]
    [InlineData("http_get_orders_pending_with_attached_tp_sl", "2234567890123456789", "O-attached-entry", "2300", "0.01")]
    public void Recorded_open_order_is_read(string name, string id, string clientId, string price, string quantity)
    {
        var order = OkxOrders.OrderOf(Data(name)[0]);

        Assert.Equal((id, clientId, VenueOrderStatus.New), (order.VenueOrderId, order.ClientOrderId, order.Status));
        Assert.Equal((VenueOrderType.Limit, Price.From(Decimal(price))), (order.Type, order.LimitPrice!.Value));
        Assert.Equal((Quantity.From(Decimal(quantity)), Quantity.Zero), (order.Quantity, order.Filled));
        Assert.Empty(order.Fills);
        Assert.Equal(At(1746947317000), order.At);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_spread_orders.json", "nautilus/venue-payloads/okx/ws_sprd_orders.json")]
    public void Recorded_orders_of_spreads_are_read()
    {
        var asked = OkxOrders.OrderOf(Data("http_get_spread_orders")[0]);
        var told = OkxOrders.OrderOf(Data("ws_sprd_orders")[0]);

        Assert.Equal(
            ("ETH-USD-SWAP_ETH-USD-231229", "12345", "O-spread-entry", VenueOrderStatus.PartiallyFilled),
            (asked.VenueSymbol, asked.VenueOrderId, asked.ClientOrderId, asked.Status));
        Assert.Equal((Quantity.From(10), Quantity.From(5)), (asked.Quantity, asked.Filled));
        // It does not tell its fee: the fill is asked for.
        Assert.Empty(asked.Fills);
        Assert.Equal(
            ("BCH-USDT_BCH-USDT-SWAP", VenueOrderStatus.New, Price.From(1), At(1779648155000)),
            (told.VenueSymbol, told.Status, told.LimitPrice!.Value, told.At!.Value));
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_spread_trades.json")]
    public void Recorded_fill_of_a_spread_is_read() => Assert.Equal(
        new(
            "ETH-USD-SWAP_ETH-USD-231229", "9001", "12345", VenueSide.Buy, Price.From(1.2m), Quantity.From(5), Notional.From(6),
            new(0.01m, Asset.From("USDT")), IsMaker: false, At(1700000001000)),
        OkxOrders.FillOf(Data("http_get_spread_trades")[0]));

    [Fact, Reads(
        "nautilus/venue-payloads/okx/http_transaction_detail.json",
        "nautilus/venue-payloads/okx/http_transaction_detail_empty_fee.json")]
    public void Recorded_fill_with_a_rebate_and_one_that_cost_nothing_are_read()
    {
        static VenueFill Of(decimal fee) => new(
            "BTC-USDT", "123456789", "987654321", VenueSide.Buy, Price.From(42000.5m), Quantity.From(0.001m),
            Notional.From(42.0005m), new(fee, Asset.From("USDT")), IsMaker: false, At(1625097600000));

        // What the venue pays it writes above zero.
        Assert.Equal(Of(-0.042m), OkxOrders.FillOf(Json("okx", "http_transaction_detail")));
        Assert.Equal(Of(0), OkxOrders.FillOf(Json("okx", "http_transaction_detail_empty_fee")));
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_place_order_response.json")]
    public void Recorded_answer_to_an_order_names_it()
    {
        // The recording is the part that concerns the one order.
        using var answer = JsonDocument.Parse(
            $$"""{"code":"0","msg":"","data":[{{Json("okx", "http_place_order_response").GetRawText()}}]}""");

        Assert.Equal("12345678901234567890", Answered(answer.RootElement)[0].Text("ordId"));
    }

    [Fact, Reads(
        "nautilus/venue-payloads/okx/http_place_algo_order_response.json",
        "nautilus/venue-payloads/okx/http_cancel_algo_order_response.json")]
    public void Recorded_answers_to_triggers_name_them()
    {
        Assert.Equal("12345", Data("http_place_algo_order_response")[0].Text("algoId"));
        Assert.Equal("12345", Data("http_cancel_algo_order_response")[0].Text("algoId"));
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_place_algo_order_rejected.json")]
    public void Recorded_refusal_inside_a_good_answer_is_a_refusal() => Assert.Equal(
        new("51000", "Parameter instId error", "51000 Parameter instId error"),
        Assert.IsType<VenueAnswer<JsonElement>.Refused>(
            new OkxProtocol().Verdict(HttpStatusCode.OK, Json("okx", "http_place_algo_order_rejected"))));

    [Fact, Reads(
        "nautilus/venue-payloads/okx/http_get_orders_algo_pending.json",
        "nautilus/venue-payloads/okx/http_get_orders_algo_history.json")]
    public void Recorded_triggers_are_read()
    {
        AssertTrigger(
            new(
                "BTC-USDT-SWAP", "123456789", "client_algo_1", VenueSide.Buy, TriggerState.Waiting,
                [new(Price.From(40_000), TriggerPriceKind.Last, Price.From(40_000))], Quantity.From(1), null, At(1622559930237)),
            "http_get_orders_algo_pending");
        AssertTrigger(
            new(
                "ETH-USDT-SWAP", "987654321", "client_algo_2", VenueSide.Sell, TriggerState.Triggered,
                [new(Price.From(3000), TriggerPriceKind.Mark, Price.From(2990))], Quantity.From(10), "ord_456", At(1622559940237)),
            "http_get_orders_algo_history");
    }

    [Fact, Reads(
        "nautilus/venue-payloads/okx/http_get_orders_algo_pending_attached_oco.json",
        "nautilus/venue-payloads/okx/http_get_orders_algo_pending_close_fraction.json")]
    public void Recorded_stops_and_profits_to_take_are_read()
    {
        AssertTrigger(
            new(
                "ETH-USDT-SWAP", "oco-attached-algo", "O-attached-oco", VenueSide.Sell, TriggerState.Waiting,
                [new(Price.From(39_000), TriggerPriceKind.Last, null), new(Price.From(41_000), TriggerPriceKind.Last, null)],
                Quantity.From(0.01m), null, At(1622559930237)),
            "http_get_orders_algo_pending_attached_oco");
        // All that is held then.
        AssertTrigger(
            new(
                "BTC-USDT-SWAP", "close-frac-algo", "O-close-frac-status", VenueSide.Sell, TriggerState.Waiting,
                [new(Price.From(50_000), TriggerPriceKind.Last, null)], null, null, At(1622559930237)),
            "http_get_orders_algo_pending_close_fraction");
    }

    [Fact, Reads("nautilus/venue-payloads/okx/ws_orders_algo.json")]
    public void Recorded_life_of_triggers_is_read()
    {
        var triggers = Data("ws_orders_algo").Each(OkxPositionAnswers.TriggerOf);

        Assert.Equal(
            [
                TriggerState.Waiting, TriggerState.Waiting, TriggerState.Triggered, TriggerState.Canceled, TriggerState.Triggered,
            ],
            triggers.Select(trigger => trigger.State));
        Assert.Equal(
            [(95_000, null), (105_000, 106_000), (102_000, null), (98_000, 98_500), (103_000, 102_900)],
            triggers.Select(trigger => ((int)trigger.Triggers[0].At.Value, (int?)trigger.Triggers[0].LimitPrice?.Value)));
        Assert.Equal(
            [null, null, "706620792746729999", null, "706620792746730000"], triggers.Select(trigger => trigger.VenueOrderId));
        Assert.Equal(TriggerPriceKind.Index, triggers[3].Triggers[0].Kind);
    }

    private static void AssertTrigger(TriggerOrder expected, string name)
    {
        var read = OkxPositionAnswers.TriggerOf(Data(name)[0]);

        Assert.Equal(expected.Triggers, read.Triggers);
        Assert.Equal(expected with { Triggers = read.Triggers }, read);
    }

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Answered(JsonElement answer) =>
        Assert.IsType<VenueAnswer<JsonElement>.Answered>(new OkxProtocol().Verdict(HttpStatusCode.OK, answer)).Value;
}
