namespace Platform.PaperVenue.Matching;

/// <summary>
/// Books, balances and the rules between them. Not thread-safe and without clock, randomness or I/O: the same
/// commands at the same times give the same events.
/// </summary>
public sealed class MatchingEngine
{
    private readonly Dictionary<string, MarketDesk> desks;
    private readonly Sequences sequences;
    private readonly Settlement settlement;

    public MatchingEngine(
        IEnumerable<Instrument> instruments, Ledger ledger, Sequences sequences, CommissionRates rates)
    {
        Ledger = ledger;
        this.sequences = sequences;
        settlement = new(ledger, rates);
        desks = instruments.ToDictionary(
            instrument => instrument.Symbol,
            instrument => new MarketDesk(
                instrument, sequences.Trades(instrument.Symbol), sequences.Updates(instrument.Symbol)),
            StringComparer.Ordinal);
    }

    public Ledger Ledger { get; }

    public OrderBook Book(string symbol) => desks[symbol].Book;

    /// <summary>Zero before the first trade.</summary>
    public decimal LastPrice(string symbol) => desks[symbol].LastPrice;

    /// <summary>Values market orders until the first trade of this run.</summary>
    public void StartAt(string symbol, decimal lastPrice) => desks[symbol].LastPrice = lastPrice;

    /// <summary>Puts a stored open order back; call in the sequence of order ids to keep time priority.</summary>
    public IReadOnlyList<EngineEvent> Restore(Order order)
    {
        desks[order.Symbol].Rest(order);
        return Finish(desks[order.Symbol], []);
    }

    /// <summary>Null when the order would be taken; nothing changes.</summary>
    public Refusal? Test(NewOrder request) => desks.TryGetValue(request.Symbol, out var desk)
        ? Refuse(desk, Draft(desk, request, 0, 0), request)
        : Refusal.InvalidSymbol;

    public Outcome Place(NewOrder request, long at)
    {
        if (!desks.TryGetValue(request.Symbol, out var desk))
            return Outcome.Refused(Refusal.InvalidSymbol);
        if (Refuse(desk, Draft(desk, request, 0, at), request) is { } refusal)
            return Outcome.Refused(refusal);

        var order = Draft(desk, request, sequences.Orders.Next(), at);
        var events = new List<EngineEvent> { new OrderEntered(order) };
        settlement.Hold(order);
        var lacking = order.TimeInForce == TimeInForce.Fok && DryRun.Of(order, desk.Book).Quantity < order.Quantity;
        if (!lacking)
            order = Match(order, desk, events, at);
        order = RestOrExpire(order, desk, events, at);
        return new(order, null, Finish(desk, events));
    }

    public Outcome Cancel(CancelOrder request, long at)
    {
        if (!desks.TryGetValue(request.Symbol, out var desk))
            return Outcome.Refused(Refusal.InvalidSymbol);
        if (desk.Find(request) is not { } resting)
            return Outcome.Refused(Refusal.UnknownOrder);

        desk.Remove(resting);
        settlement.Release(resting);
        var canceled = resting.Close(OrderStatus.Canceled, at);
        return new(canceled, null, Finish(desk, [new OrderCanceled(canceled, request.CancelClientOrderId)]));
    }

    private static Order Draft(MarketDesk desk, NewOrder request, long orderId, long at) => new(
        orderId, request.AccountId, desk.Instrument, request.ClientOrderId, request.Side, request.Type,
        request.TimeInForce, request.Quantity, request.QuoteQuantity, request.Price, request.SelfTradePrevention,
        OrderStatus.New, 0, 0, 0, at, at);

    private Refusal? Refuse(MarketDesk desk, Order order, NewOrder request)
    {
        if (Filters.Check(desk.Instrument, request, desk.LastPrice) is { } broken)
            return broken;
        if (desk.IsOpen(order.AccountId, order.ClientOrderId))
            return Refusal.DuplicateOrder;
        if (order.Type != OrderType.Market && desk.OpenOrders(order.AccountId) >= Instrument.MaxOpenOrders)
            return Refusal.Filter("MAX_NUM_ORDERS");
        if (order.Type == OrderType.LimitMaker
            && desk.Book.BestPrice(order.Side.Opposite) is { } best && order.Crosses(best))
        {
            return Refusal.WouldTake;
        }
        return settlement.CanPay(order, desk.Book) ? null : Refusal.InsufficientBalance;
    }

    private Order Match(Order taker, MarketDesk desk, List<EngineEvent> events, long at)
    {
        while (taker.Status.IsOpen && desk.Book.Best(taker.Side.Opposite) is { } maker && taker.Crosses(maker.Price))
        {
            var quantity = Math.Min(taker.LeavesAt(maker.Price), maker.LeavesQuantity);
            if (quantity == 0)
                return taker;

            taker = maker.AccountId == taker.AccountId && taker.SelfTradePrevention != SelfTradePrevention.None
                ? Prevent(taker, maker, quantity, desk, events, at)
                : Trade(taker, maker, quantity, desk, events, at);
        }
        return taker;
    }

    private Order Trade(
        Order taker, Order maker, decimal quantity, MarketDesk desk, List<EngineEvent> events, long at)
    {
        var trade = settlement.Settle(desk.Trades.Next(), taker, maker, quantity, at);
        var filledMaker = maker.Fill(quantity, maker.Price, at);
        desk.Fill(filledMaker);
        desk.LastPrice = maker.Price;
        var filledTaker = taker.Fill(quantity, maker.Price, at);
        events.Add(new OrdersTraded(trade, filledTaker, filledMaker));
        return filledTaker;
    }

    private Order Prevent(
        Order taker, Order maker, decimal quantity, MarketDesk desk, List<EngineEvent> events, long at)
    {
        var matchId = sequences.PreventedMatches.Next();
        if (taker.SelfTradePrevention is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth)
        {
            desk.Remove(maker);
            settlement.Release(maker);
            var ended = maker with { PreventedQuantity = maker.PreventedQuantity + quantity };
            events.Add(new TradePrevented(ended.Close(OrderStatus.ExpiredInMatch, at), taker, matchId, quantity));
        }
        if (taker.SelfTradePrevention == SelfTradePrevention.ExpireMaker)
            return taker;

        settlement.Release(taker);
        taker = taker with { PreventedQuantity = taker.PreventedQuantity + quantity };
        taker = taker.Close(OrderStatus.ExpiredInMatch, at);
        events.Add(new TradePrevented(taker, maker, matchId, quantity));
        return taker;
    }

    private Order RestOrExpire(Order order, MarketDesk desk, List<EngineEvent> events, long at)
    {
        if (!order.Status.IsOpen)
            return order;
        if (order.IsResting)
        {
            desk.Rest(order);
            return order;
        }

        settlement.Release(order);
        // What is left of a quote amount may be too little for one more lot: then the order got all it could.
        if (order.IsByQuote && order.ExecutedQuantity > 0 && desk.Book.Best(order.Side.Opposite) is not null)
            return CloseWithLastTrade(order.Close(OrderStatus.Filled, at), events);

        var expired = order.Close(OrderStatus.Expired, at);
        events.Add(new OrderExpired(expired));
        return expired;
    }

    private static Order CloseWithLastTrade(Order filled, List<EngineEvent> events)
    {
        var last = events.FindLastIndex(happened => happened is OrdersTraded);
        events[last] = (OrdersTraded)events[last] with { Taker = filled };
        return filled;
    }

    private List<EngineEvent> Finish(MarketDesk desk, List<EngineEvent> events)
    {
        desk.Book.TakeChanges(desk.Updates, events);
        Ledger.TakeChanges(events);
        return events;
    }
}
