using System.Globalization;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Tests.Support;

namespace Platform.Simulation;

/// <summary>What the platform and what the venue say happened, side by side, once nothing moves any more.</summary>
public sealed class BothBooks
{
    private readonly IReadOnlyList<OrderRow> orders;
    private readonly IReadOnlyList<TradeRow> trades;
    private readonly List<(string Market, VenueOrderRow Order)> venueOrders = [];
    private readonly List<(string Market, VenueTradeRow Trade)> venueTrades = [];
    private readonly Dictionary<string, VenueId> venueOf;

    private BothBooks(
        IReadOnlyList<OrderRow> orders, IReadOnlyList<TradeRow> trades, Dictionary<string, VenueId> venueOf)
    {
        this.orders = orders;
        this.trades = trades;
        this.venueOf = venueOf;
    }

    public static async Task<BothBooks> OpenAsync(
        Trader trader, Guid pool, VenueAccount account, IReadOnlyList<string> markets, CancellationToken cancel)
    {
        var rules = await trader.GetAsync<Page<MarketRow>>("/v1/markets", cancel);
        var known = await trader.AllAsync<OrderRow>($"/v1/pools/{pool}/orders?limit=50", cancel);
        var reached = known.Max(order => order.Sequence);
        var books = new BothBooks(
            known,
            await trader.AllAsync<TradeRow>($"/v1/pools/{pool}/trades?limit=50&after={reached}", cancel),
            rules.Items.ToDictionary(rule => rule.Market, rule => VenueId.From(rule.Venue), StringComparer.Ordinal));
        foreach (var market in markets)
        {
            var symbol = market.Replace("-", "", StringComparison.Ordinal);
            books.venueOrders.AddRange((await account.OrdersAsync(symbol, cancel)).Select(order => (market, order)));
            books.venueTrades.AddRange((await account.TradesAsync(symbol, cancel)).Select(trade => (market, trade)));
        }

        return books;
    }

    public void Hold_exactly_these_orders(IEnumerable<Guid> accepted) =>
        Assert.Equal(accepted.Order(), orders.Select(order => order.OrderId).Order());

    /// <summary>
    /// Each order once at the venue and none besides, filled as far as the platform says. Only what its client called off
    /// before it was sent never came there.
    /// </summary>
    public void Agree_on_orders(IReadOnlySet<Guid> calledOff) => Assert.Equal(
        venueOrders.Select(there => (there.Order.ClientOrderId, there.Market, there.Order.ExecutedQty)).Order(),
        orders.Where(order => !(order.Status is "denied" && calledOff.Contains(order.OrderId)))
            .Select(order => (order.ClientOrderId, order.Market, order.FilledQuantity)).Order());

    /// <summary>Row for row: which trade of which order, price, quantity, fee and the venue's time.</summary>
    public void Agree_on_fills()
    {
        var orderOf = orders.Where(order => order.VenueOrderId is not null)
            .ToDictionary(order => order.VenueOrderId!, order => order.OrderId, StringComparer.Ordinal);

        Assert.Equal(
            venueTrades.Select(there => Fill.Of(there.Trade, there.Market, venueOf[there.Market], orderOf)).OrderBy(Key),
            trades.Select(Fill.Of).OrderBy(Key));

        static Guid Key(Fill fill) => fill.Execution;
    }

    public override string ToString() =>
        $"The platform has {orders.Count} orders and {trades.Count} fills, the venue {venueOrders.Count} and {venueTrades.Count}.";

    /// <summary>A fill in words that both sides can say; its execution id is made of venue, market, trade, order and side.</summary>
    private sealed record Fill(
        Guid Execution, Guid Order, string Market, decimal Price, decimal Quantity, decimal Fee, string FeeAsset,
        long TimeMilliseconds)
    {
        public static Fill Of(TradeRow trade) => new(
            trade.ExecutionId, trade.OrderId, trade.Market, trade.Price, trade.Quantity, trade.Fee.Amount, trade.Fee.Asset,
            trade.ExecutedAt.ToUnixTimeMilliseconds());

        public static Fill Of(VenueTradeRow trade, string market, VenueId venue, Dictionary<string, Guid> orderOf)
        {
            var order = trade.OrderId.ToString(CultureInfo.InvariantCulture);
            var execution = ExecutionId.For(
                venue, Symbol.From(market), trade.Id.ToString(CultureInfo.InvariantCulture), VenueOrderId.From(order),
                trade.IsBuyer ? Side.Buy : Side.Sell);

            return new(
                execution.Value, orderOf[order], market, trade.Price, trade.Qty, trade.Commission, trade.CommissionAsset,
                trade.Time);
        }
    }
}
