namespace Platform.PaperVenue.Matching;

/// <summary>What the engine keeps for one market: its book, its counters, and who has what open.</summary>
public sealed class MarketDesk(Instrument instrument, Sequence trades, Sequence updates)
{
    private readonly Dictionary<(long AccountId, string ClientOrderId), long> openByClientId = [];
    private readonly Dictionary<long, int> openCounts = [];

    public Instrument Instrument => instrument;

    public OrderBook Book { get; } = new(instrument);

    public Sequence Trades => trades;

    public Sequence Updates => updates;

    /// <summary>Zero before the first trade.</summary>
    public decimal LastPrice { get; set; }

    public int OpenOrders(long accountId) => openCounts.GetValueOrDefault(accountId);

    public bool IsOpen(long accountId, string clientOrderId) => openByClientId.ContainsKey((accountId, clientOrderId));

    public Order? Find(CancelOrder cancel)
    {
        var orderId = cancel.OrderId;
        if (orderId is null && cancel.ClientOrderId is { } wanted
            && openByClientId.TryGetValue((cancel.AccountId, wanted), out var found))
        {
            orderId = found;
        }

        var order = orderId is { } id ? Book.Find(id) : null;
        var named = cancel.ClientOrderId is null
            || string.Equals(cancel.ClientOrderId, order?.ClientOrderId, StringComparison.Ordinal);
        return order?.AccountId == cancel.AccountId && named ? order : null;
    }

    public void Rest(Order order)
    {
        Book.Add(order);
        openByClientId.Add((order.AccountId, order.ClientOrderId), order.OrderId);
        openCounts[order.AccountId] = OpenOrders(order.AccountId) + 1;
    }

    public void Fill(Order order)
    {
        Book.Replace(order);
        if (!order.Status.IsOpen)
            Forget(order);
    }

    public void Remove(Order order)
    {
        Book.Remove(order);
        Forget(order);
    }

    private void Forget(Order order)
    {
        openByClientId.Remove((order.AccountId, order.ClientOrderId));
        openCounts[order.AccountId]--;
    }
}
