namespace Platform.PaperVenue.Matching;

/// <summary>Moves money for orders and trades: what an order holds, what a trade pays, what the venue keeps.</summary>
public sealed class Settlement(Ledger ledger, CommissionRates rates)
{
    /// <summary>The account that receives every commission.</summary>
    public const long FeeAccount = 0;

    public bool CanPay(Order order, OrderBook book)
    {
        var free = ledger.Of(order.AccountId, AssetGiven(order)).Free;
        var needed = (order.Type, order.Side) switch
        {
            (OrderType.Market, Side.Buy) => DryRun.Of(order, book).Quote,
            (OrderType.Market, Side.Sell) when order.IsByQuote => DryRun.Of(order, book).Quantity,
            _ => AmountHeld(order),
        };
        return free >= needed;
    }

    /// <summary>A market order trades at once or never, so it holds nothing.</summary>
    public void Hold(Order order)
    {
        if (order.Type != OrderType.Market)
            ledger.Lock(order.AccountId, AssetGiven(order), AmountHeld(order));
    }

    /// <summary>Frees what is still held for the part of the order that did not trade.</summary>
    public void Release(Order order)
    {
        if (order.Type != OrderType.Market)
            ledger.Unlock(order.AccountId, AssetGiven(order), AmountHeld(order));
    }

    public Trade Settle(long tradeId, Order taker, Order maker, decimal quantity, long at)
    {
        Pay(taker, quantity, maker.Price);
        Pay(maker, quantity, maker.Price);
        return new(
            tradeId, taker.Instrument, maker.Price, quantity, taker.Side, taker.OrderId, maker.OrderId,
            Receive(taker, quantity, maker.Price, rates.Taker), Receive(maker, quantity, maker.Price, rates.Maker), at);
    }

    private static string AssetGiven(Order order) =>
        order.Side == Side.Buy ? order.Instrument.QuoteAsset : order.Instrument.BaseAsset;

    private static decimal AmountHeld(Order order) =>
        order.Side == Side.Buy ? order.LeavesQuantity * order.Price : order.LeavesQuantity;

    private void Pay(Order order, decimal quantity, decimal price)
    {
        var asset = AssetGiven(order);
        if (order.Type != OrderType.Market)
            ledger.Unlock(order.AccountId, asset, order.Side == Side.Buy ? quantity * order.Price : quantity);
        ledger.Debit(order.AccountId, asset, order.Side == Side.Buy ? quantity * price : quantity);
    }

    private Commission Receive(Order order, decimal quantity, decimal price, decimal rate)
    {
        var (asset, proceeds) = order.Side == Side.Buy
            ? (order.Instrument.BaseAsset, quantity)
            : (order.Instrument.QuoteAsset, quantity * price);
        var commission = Instrument.Commission(proceeds, rate);
        ledger.Credit(order.AccountId, asset, proceeds - commission);
        ledger.Credit(FeeAccount, asset, commission);
        return new(asset, commission);
    }
}

/// <summary>What an order would trade against a book as it stands, base and quote amounts.</summary>
public readonly record struct DryRun(decimal Quantity, decimal Quote)
{
    public static DryRun Of(Order order, OrderBook book)
    {
        var filled = order;
        foreach (var maker in book.Resting(order.Side.Opposite))
        {
            if (!order.Crosses(maker.Price))
                break;
            if (maker.AccountId == order.AccountId && order.SelfTradePrevention != SelfTradePrevention.None)
            {
                if (order.SelfTradePrevention == SelfTradePrevention.ExpireMaker)
                    continue;
                break;
            }
            var quantity = Math.Min(filled.LeavesAt(maker.Price), maker.LeavesQuantity);
            if (quantity == 0)
                break;
            filled = filled.Fill(quantity, maker.Price, order.UpdatedAt);
        }
        return new(filled.ExecutedQuantity, filled.ExecutedQuote);
    }
}
