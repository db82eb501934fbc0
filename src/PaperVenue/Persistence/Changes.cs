using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Persistence;

/// <summary>What a batch of commands changed for users: each order and balance once, as it ended up.</summary>
public sealed class Changes
{
    private readonly Dictionary<long, Order> orders = [];
    private readonly Dictionary<(long AccountId, string Asset), Balance> balances = [];
    private readonly List<AccountTrade> trades = [];
    private readonly List<Sequence> sequences = [];

    public IEnumerable<Order> Orders => orders.Values;

    public IEnumerable<BalanceChanged> Balances =>
        balances.Select(entry => new BalanceChanged(entry.Key.AccountId, entry.Key.Asset, entry.Value));

    public IReadOnlyList<AccountTrade> Trades => trades;

    public IReadOnlyList<Sequence> Sequences => sequences;

    public bool IsEmpty => orders.Count == 0 && balances.Count == 0 && trades.Count == 0 && sequences.Count == 0;

    public void Add(IEnumerable<EngineEvent> events)
    {
        foreach (var happened in events)
            Add(happened);
    }

    public void Add(Sequence raised) => sequences.Add(raised);

    public void Clear()
    {
        orders.Clear();
        balances.Clear();
        trades.Clear();
        sequences.Clear();
    }

    private void Add(EngineEvent happened)
    {
        switch (happened)
        {
            case OrderEntered e:
                Put(e.Order);
                break;
            case OrdersTraded e:
                Put(e.Trade, e.Taker);
                Put(e.Trade, e.Maker);
                break;
            case OrderCanceled e:
                Put(e.Order);
                break;
            case OrderExpired e:
                Put(e.Order);
                break;
            case TradePrevented e:
                Put(e.Order);
                break;
            case BalanceChanged e when Accounts.IsUser(e.AccountId):
                balances[(e.AccountId, e.Asset)] = e.Balance;
                break;
            default:
                break;
        }
    }

    private void Put(Trade trade, Order order)
    {
        Put(order);
        if (Accounts.IsUser(order.AccountId))
            trades.Add(AccountTrade.Of(trade, order));
    }

    private void Put(Order order)
    {
        if (Accounts.IsUser(order.AccountId))
            orders[order.OrderId] = order;
    }
}
