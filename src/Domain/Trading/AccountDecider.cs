using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>The rules of an account's ledger: what an order reserves, what a fill books, what a close frees.</summary>
public static class AccountDecider
{
    // A market order may fill worse than the best price seen: so much more is set aside (2 %).
    private const decimal MarketReserve = 1.02m;

    public static Decision<AccountEvent> Decide(OpenAccount command, Account? account)
    {
        if (account is not null)
            return Decision<AccountEvent>.Nothing;
        if (command.Opening.Select(balance => Check(balance.Amount, balance.UnitCost)).FirstOrDefault(no => no is not null) is { } refusal)
            return refusal;

        return new Decision<AccountEvent>.Accepted([
            new AccountOpened(
                command.AccountId, command.PoolId, command.VenueId, command.ReportingAsset, command.LotMethod, command.FeePolicy),
            .. command.Opening.Select(balance => new FundsDeposited(
                command.AccountId, $"opening-{balance.Amount.Asset}", balance.Amount, balance.UnitCost, balance.AcquiredAt)),
        ]);
    }

    public static Decision<AccountEvent> Decide(DepositFunds command, Account account)
    {
        if (account.Deposits.Contains(command.DepositId))
            return Decision<AccountEvent>.Nothing;
        if (Check(command.Amount, command.UnitCost) is { } refusal)
            return refusal;

        return new FundsDeposited(command.AccountId, command.DepositId, command.Amount, command.UnitCost, command.AcquiredAt);
    }

    public static Decision<AccountEvent> Decide(CloseAccount command, Account account) => account switch
    {
        { IsClosed: true } => Decision<AccountEvent>.Nothing,
        { Reserved.IsEmpty: false } => new Refusal("orders_open", "Orders are open: cancel them first."),
        _ => new AccountClosed(command.AccountId),
    };

    /// <summary>An order may hold no more than is free; two orders at once never hold the same unit.</summary>
    public static Decision<AccountEvent> Decide(OrderIntended order, Account account) => Needed(order) switch
    {
        _ when account.IsClosed => new Refusal("pool_closed", "The pool is closed: it can be read, and nothing happens in it any more."),
        null => new Refusal("no_market_price", "The market has no price to size this order by.", "market"),
        { } needed when needed.Amount <= account.AvailableOf(needed.Asset) =>
            new FundsReserved(account.Id, order.OrderId, needed),
        { } needed => new Refusal(
            "insufficient_balance",
            $"The order needs {needed}, and {new Money(account.AvailableOf(needed.Asset), needed.Asset)} is available.",
            SizeField(order.Terms)),
    };

    /// <summary>What an order's fact means for the ledger; most mean nothing.</summary>
    public static IReadOnlyList<AccountEvent> Follow(OrderEvent happened, Order order, Account account, RateOf rate) => happened switch
    {
        FillRecorded e => [Booked(e.Fill, order, account, rate)],
        OrderDenied or OrderRejected or OrderFilled or OrderCanceled or OrderExpired when account.Reserved.ContainsKey(order.Id) =>
            [new ReservationReleased(account.Id, order.Id)],
        _ => [],
    };

    private static FillBooked Booked(Fill fill, Order order, Account account, RateOf rate)
    {
        var quoteRate = RateIn(order.Terms.Symbol.Quote);
        var feeRate = fill.Fee.Asset == order.Terms.Symbol.Base && fill.Fee.Asset != account.ReportingAsset
            ? Amounts.Round(fill.Price.Value * quoteRate)
            : RateIn(fill.Fee.Asset);
        return new(
            account.Id, order.Id, account.LastTradeNumber + 1, order.Terms.Symbol, order.Terms.Side, fill, quoteRate, feeRate);

        decimal? RateIn(Asset asset) => asset == account.ReportingAsset ? 1 : Amounts.Round(rate(asset));
    }

    private static Refusal? Check(Money amount, decimal unitCost) => (amount.Amount, unitCost) switch
    {
        ( <= 0, _) => new("deposit_not_positive", "A deposit is more than nothing."),
        (_, < 0) => new("basis_negative", "A basis is not below zero."),
        _ => null,
    };

    private static string SizeField(OrderTerms terms) => terms.Quantity is null ? "quoteQuantity" : "quantity";

    private static Money? Needed(OrderIntended order) => order.Terms switch
    {
        { Side: Side.Sell, Quantity: { } quantity } terms => new(quantity.Value, terms.Symbol.Base),
        { Side: Side.Buy, QuoteQuantity: { } quote } terms => new(quote.Value, terms.Symbol.Quote),
        { Side: Side.Buy, Quantity: { } quantity, LimitPrice: { } limit } terms =>
            new(Amounts.Round((limit * quantity).Value), terms.Symbol.Quote),
        { Side: Side.Buy, Quantity: { } quantity } terms when order.IntentPrice is { } ask =>
            new(Amounts.Round((ask * quantity).Value * MarketReserve), terms.Symbol.Quote),
        { Side: Side.Sell, QuoteQuantity: { } quote } terms when order.IntentPrice is { } bid =>
            new(Amounts.Round(quote.Value * MarketReserve / bid.Value), terms.Symbol.Base),
        _ => null,
    };
}
