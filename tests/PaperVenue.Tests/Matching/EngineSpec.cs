using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Tests.Matching;

/// <summary>An engine with one market and three accounts, and words to speak to it.</summary>
public abstract class EngineSpec
{
    protected const long Alice = 1;
    protected const long Bob = 2;
    protected const long Carol = 3;
    protected const string Symbol = "BTCUSDT";

    protected static readonly long[] Traders = [Alice, Bob, Carol];

    private long at = 1_000;
    private int placed;

    protected EngineSpec()
    {
        var ledger = new Ledger();
        foreach (var account in Traders)
        {
            ledger.Set(account, "BTC", new(1_000m, 0));
            ledger.Set(account, "USDT", new(10_000_000m, 0));
        }
        Engine = new(Instrument.Listed, ledger, new(new Dictionary<string, long>()), CommissionRates.Demo);
        Engine.StartAt(Symbol, 100m);
    }

    protected MatchingEngine Engine { get; }

    protected static NewOrder Limit(
        long account, Side side, decimal quantity, decimal price, TimeInForce timeInForce = TimeInForce.Gtc) =>
        new(account, Symbol, "", side, OrderType.Limit, timeInForce, quantity, 0, price, SelfTradePrevention.None);

    protected static NewOrder LimitMaker(long account, Side side, decimal quantity, decimal price) =>
        Limit(account, side, quantity, price) with { Type = OrderType.LimitMaker };

    protected static NewOrder Market(long account, Side side, decimal quantity) =>
        Limit(account, side, quantity, 0) with { Type = OrderType.Market };

    protected static NewOrder MarketByQuote(long account, Side side, decimal quoteQuantity) =>
        Market(account, side, 0) with { QuoteQuantity = quoteQuantity };

    /// <summary>Places the order, under a fresh client order id unless it has one.</summary>
    protected Outcome Place(NewOrder order) => Engine.Place(
        order.ClientOrderId.Length > 0 ? order : order with { ClientOrderId = $"order-{++placed}" }, ++at);

    protected Order Taken(NewOrder order)
    {
        var outcome = Place(order);
        Assert.Null(outcome.Refusal);
        return outcome.Order!;
    }

    protected Outcome Cancel(Order order) =>
        Engine.Cancel(new(order.AccountId, Symbol, order.OrderId, null, "cancel"), ++at);

    protected static IEnumerable<Trade> Trades(Outcome outcome) =>
        outcome.Events.OfType<OrdersTraded>().Select(traded => traded.Trade);

    protected Balance Held(long account, string asset) => Engine.Ledger.Of(account, asset);

    protected void ThenRefused(NewOrder order, int code, string words)
    {
        var refusal = Place(order).Refusal;
        Assert.Equal((code, words), (refusal?.Code, refusal?.Message));
    }
}
