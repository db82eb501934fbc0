namespace Platform.PaperVenue.Matching;

/// <summary>A market's trading rules, checked in the venue's own sequence.</summary>
public static class Filters
{
    /// <summary>Null when the order passes.</summary>
    /// <param name="lastPrice">Values a market order by quantity; zero before the first trade.</param>
    public static Refusal? Check(Instrument instrument, NewOrder order, decimal lastPrice)
    {
        if (order.Type != OrderType.Market && PriceFails(instrument, order.Price))
            return Refusal.Filter("PRICE_FILTER");
        if (order.QuoteQuantity == 0 && QuantityFails(instrument, order.Quantity))
            return Refusal.Filter("LOT_SIZE");

        // The house lays and clears what users leave, crumbs included.
        if (!Accounts.IsUser(order.AccountId))
            return null;

        var notional = (order.Type, order.QuoteQuantity) switch
        {
            (OrderType.Market, > 0) => order.QuoteQuantity,
            (OrderType.Market, _) => order.Quantity * lastPrice,
            _ => order.Quantity * order.Price,
        };
        return notional < instrument.MinNotional || notional > Instrument.MaxNotional
            ? Refusal.Filter("NOTIONAL")
            : null;
    }

    private static bool PriceFails(Instrument instrument, decimal price) =>
        price < instrument.TickSize || price > Instrument.MaxPrice || price % instrument.TickSize != 0;

    private static bool QuantityFails(Instrument instrument, decimal quantity) =>
        quantity < instrument.MinQuantity || quantity > instrument.MaxQuantity || quantity % instrument.LotSize != 0;
}
