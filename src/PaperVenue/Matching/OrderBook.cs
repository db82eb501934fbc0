namespace Platform.PaperVenue.Matching;

/// <summary>The resting orders of one market: best price first, and at one price the earliest first.</summary>
public sealed class OrderBook(Instrument instrument)
{
    private readonly SortedList<decimal, Level> bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedList<decimal, Level> asks = [];
    private readonly Dictionary<long, LinkedListNode<Order>> nodes = [];
    private readonly HashSet<(Side Side, decimal Price)> touched = [];

    public Instrument Instrument => instrument;

    /// <summary>The orders a newcomer of the other side would meet, in that sequence.</summary>
    public IEnumerable<Order> Resting(Side side) => Levels(side).Values.SelectMany(level => level.Orders);

    public Order? Best(Side side)
    {
        var levels = Levels(side);
        return levels.Count == 0 ? null : levels.GetValueAtIndex(0).Orders.First!.Value;
    }

    public decimal? BestPrice(Side side)
    {
        var levels = Levels(side);
        return levels.Count == 0 ? null : levels.GetKeyAtIndex(0);
    }

    /// <summary>Price levels of a side, best first.</summary>
    public IEnumerable<(decimal Price, decimal Quantity)> Depth(Side side) =>
        Levels(side).Select(level => (level.Key, level.Value.Quantity));

    public Order? Find(long orderId) => nodes.TryGetValue(orderId, out var node) ? node.Value : null;

    public void Add(Order order)
    {
        var levels = Levels(order.Side);
        if (!levels.TryGetValue(order.Price, out var level))
        {
            level = new();
            levels.Add(order.Price, level);
        }
        nodes.Add(order.OrderId, level.Orders.AddLast(order));
        level.Quantity += order.LeavesQuantity;
        touched.Add((order.Side, order.Price));
    }

    /// <summary>Puts a filled maker back in its place, or takes it off when nothing is left of it.</summary>
    public void Replace(Order order)
    {
        var node = nodes[order.OrderId];
        if (!order.Status.IsOpen)
        {
            Remove(node.Value);
            return;
        }
        Levels(order.Side)[order.Price].Quantity += order.LeavesQuantity - node.Value.LeavesQuantity;
        node.Value = order;
        touched.Add((order.Side, order.Price));
    }

    public void Remove(Order order)
    {
        nodes.Remove(order.OrderId, out var node);
        var levels = Levels(order.Side);
        var level = levels[order.Price];
        level.Quantity -= node!.Value.LeavesQuantity;
        level.Orders.Remove(node);
        if (level.Orders.Count == 0)
            levels.Remove(order.Price);
        touched.Add((order.Side, order.Price));
    }

    /// <summary>Lists each price level changed since the last call, once, with its quantity now.</summary>
    public void TakeChanges(Sequence updates, ICollection<EngineEvent> changes)
    {
        foreach (var (side, price) in touched)
        {
            var quantity = Levels(side).TryGetValue(price, out var level) ? level.Quantity : 0;
            changes.Add(new LevelChanged(instrument, updates.Next(), side, price, quantity));
        }
        touched.Clear();
    }

    private SortedList<decimal, Level> Levels(Side side) => side == Side.Buy ? bids : asks;

    private sealed class Level
    {
        public LinkedList<Order> Orders { get; } = [];

        public decimal Quantity { get; set; }
    }
}
