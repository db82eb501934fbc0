using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>The rules of an account's ledger: what an order reserves, what a fill books, what a close frees.</summary>
public static class AccountDecider
{
    // A market order may fill worse than the best price seen: so much more is set aside (2 %).
    private const decimal MarketReserve = 1.02m;

    public static Decision<AccountEvent> Decide(OpenAccount command, Account? account) => account is null
        ? new AccountOpened(
            command.AccountId, command.PoolId, command.VenueId, command.ReportingAsset, command.LotMethod, command.FeePolicy)
        : Decision<AccountEvent>.Nothing;

    public static Decision<AccountEvent> Decide(DepositFunds command, Account account) => command switch
    {
        _ when account.Deposits.Contains(command.DepositId) => Decision<AccountEvent>.Nothing,
        { Amount.Amount: <= 0 } => new Refusal("deposit_not_positive", "A deposit is more than nothing."),
        { UnitCost: < 0 } => new Refusal("basis_negative", "A basis is not below zero."),
        _ => new FundsDeposited(command.AccountId, command.DepositId, command.Amount, command.UnitCost, command.AcquiredAt),
    };

    /// <summary>An order may hold no more than is free; two orders at once never hold the same unit.</summary>
    public static Decision<AccountEvent> Decide(OrderIntended order, Account account) => Needed(order) switch
    {
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
        var feeRate = fill.Fee.Asset == order.Terms.Symbol.Base
            ? Amounts.Round(fill.Price.Value * quoteRate)
            : RateIn(fill.Fee.Asset);
        return new(
            account.Id, order.Id, account.LastTradeNumber + 1, order.Terms.Symbol, order.Terms.Side, fill, quoteRate, feeRate);

        decimal? RateIn(Asset asset) => asset == account.ReportingAsset ? 1 : Amounts.Round(rate(asset));
    }

    private static string SizeField(OrderTerms terms) => terms.Quantity is null ? "quoteQuantity" : "quantity";

    private static Money? Needed(OrderIntended order) => order.Terms switch
    {
        { Side: Side.Sell, Quantity: { } quantity } terms => new(quantity.Value, terms.Symbol.Base),
        { Side: Side.Buy, QuoteQuantity: { } quote } terms => new(quote.Value, terms.Symbol.Quote),
        { Side: Side.Buy, Quantity: { } quantity, LimitPrice: { } limit } terms =>
            new((limit * quantity).Value, terms.Symbol.Quote),
        { Side: Side.Buy, Quantity: { } quantity } terms when order.IntentPrice is { } ask =>
            new(Amounts.Round((ask * quantity).Value * MarketReserve), terms.Symbol.Quote),
        { Side: Side.Sell, QuoteQuantity: { } quote } terms when order.IntentPrice is { } bid =>
            new(Amounts.Round(quote.Value * MarketReserve / bid.Value), terms.Symbol.Base),
        _ => null,
    };
}
