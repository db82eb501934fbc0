using System.Net.WebSockets;
using System.Text;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Okx;

namespace Platform.Workers.Tests.Markets.Venues.Okx;

using static RecordedPayload;

/// <summary>What OKX says of an account on its own stream is read in our words; the payloads are recorded ones.</summary>
public sealed class OkxUserStreamPayloadTests
{
    [Fact, Reads("nautilus/venue-payloads/okx/ws_account.json", "nautilus/venue-payloads/okx/ws_account_empty.json")]
    public void Recorded_balances_are_told()
    {
        Assert.Equal(
            [
                new("USDT", Quantity.From(100.52768569797846m), Quantity.Zero),
                new("BTC", Quantity.From(0.0000000051m), Quantity.Zero),
                new("ETH", Quantity.From(0.000000185m), Quantity.Zero),
            ],
            Balances("ws_account"));
        Assert.Empty(Balances("ws_account_empty"));
    }

    [Theory, Reads("nautilus/venue-payloads/okx/{0}.json")]
    [InlineData("ws_orders", "2497956918703120384", "001BTCUSDT20250106001", "Market", null, "0.03", "103698.9", "0.021776769", true, null)]
    [InlineData("ws_orders_adl", "2497956918703121000", null, "Market", null, "0.3", "41000", "12.3", false, "adl")]
    [InlineData("ws_orders_fok", "2497956918703120385", "FOK-TEST-001", "Limit", "50000", "0.05", "50000", "0.25", false, null)]
    [InlineData("ws_orders_liquidation", "2497956918703120999", null, "Market", null, "0.5", "40000", "20", false, "full_liquidation")]
    [InlineData("ws_orders_optimal_limit_ioc", "2497956918703120387", "OPTIMAL-IOC-TEST-001", "Market", null, "0.1", "103750.25", "0.051875125", true, null)]
    [InlineData("ws_orders_option", "2497956918703120500", "001BTCUSD-OPT-250328-50000-C", "Limit", "0.0325", "1", "0.0325", "0.0003", true, null)]
    [InlineData("ws_orders_trigger", "706620792746729999", "706620792746729474_0", "Market", null, "0.01", "101950", "0.020390", false, null)]
    public void Recorded_order_that_is_filled_is_told_with_its_fill(
        string name, string id, string? clientId, string type, string? limit, string quantity, string price, string fee,
        bool isMaker, string? reason)
    {
        var order = Order(name);

        Assert.Equal((id, clientId, VenueOrderStatus.Filled), (order.VenueOrderId, order.ClientOrderId, order.Status));
        Assert.Equal((type, Number(limit)), (order.Type.ToString(), order.LimitPrice?.Value));
        Assert.Equal((Number(quantity), Number(quantity)), (order.Quantity.Value, order.Filled.Value));
        var fill = Assert.Single(order.Fills);
        Assert.Equal(
            (id, order.VenueSymbol, order.Side, isMaker), (fill.VenueOrderId, fill.VenueSymbol, fill.Side, fill.IsMaker));
        Assert.Equal((Number(quantity), Number(price), Number(fee)), (fill.Quantity.Value, fill.Price.Value, fill.Fee.Amount));
        Assert.Equal(name is "ws_orders_option" ? "BTC" : "USDT", fill.Fee.Asset.Value);
        Assert.Equal(reason, order.Reason);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/ws_orders_ioc.json")]
    public void Recorded_order_that_is_filled_in_part_is_told_with_its_only_fill()
    {
        var order = Order("ws_orders_ioc");

        Assert.Equal(
            (VenueOrderStatus.PartiallyFilled, VenueSide.Sell, Quantity.From(0.05m), Quantity.From(0.02m)),
            (order.Status, order.Side, order.Quantity, order.Filled));
        Assert.Equal(
            new("BTC-USDT", "1518905531", "2497956918703120386", VenueSide.Sell, Price.From(50100.5m), Quantity.From(0.02m),
                Notional.From(1002.01m), new(0.1002m, Asset.From("USDT")), IsMaker: false, At(1746947318502)),
            Assert.Single(order.Fills));
    }

    [Fact]
    public void Fill_after_others_is_told_with_its_own_fee_or_left_to_be_asked_for()
    {
        static VenueOrder Of(string more) => Assert.IsType<VenueUserReport.OfOrder>(Assert.Single(Read(Encoding.UTF8.GetBytes(
            $$"""
            {"arg":{"channel":"orders","instType":"ANY"},"data":[{"instId":"BTC-USDT","ordId":"1","clOrdId":"a","state":"partially_filled",
             "side":"buy","ordType":"limit","px":"5","sz":"3","accFillSz":"2","fillSz":"1","fillPx":"5","tradeId":"9","execType":"T",
             "fee":"-0.2","feeCcy":"BTC","fillTime":"7","uTime":"7"{{more}}}]}
            """)))).Order;

        Assert.Empty(Of(string.Empty).Fills);
        Assert.Equal(0.05m, Assert.Single(Of(""","fillFee":"-0.05","fillFeeCcy":"BTC" """).Fills).Fee.Amount);
    }

    [Fact]
    public void Refused_sign_in_ends_the_connection_and_an_accepted_one_does_not()
    {
        var stream = new OkxUserStream(WireLinks.Of("okx"));

        Assert.True(stream.IsAccepted("""{"event":"login","code":"0","msg":"","connId":"a4d3ae55"}"""u8));
        Assert.False(stream.IsAccepted("""{"event":"subscribe","arg":{"channel":"account"},"connId":"a4d3ae55"}"""u8));
        Assert.Throws<WebSocketException>(() =>
            stream.IsAccepted("""{"event":"error","code":"60009","msg":"Login failed."}"""u8));
        Assert.Empty(stream.Read("pong"u8.ToArray()));
    }

    private static IReadOnlyList<VenueBalance> Balances(string name) =>
        Assert.IsType<VenueUserReport.OfBalances>(Assert.Single(Read(Bytes("okx", name)))).Balances;

    private static VenueOrder Order(string name) =>
        Assert.IsType<VenueUserReport.OfOrder>(Assert.Single(Read(Bytes("okx", name)))).Order;

    private static IReadOnlyList<VenueUserReport> Read(byte[] message) =>
        new OkxUserStream(WireLinks.Of("okx")).Read(message);

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
