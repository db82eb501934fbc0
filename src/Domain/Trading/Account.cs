using System.Collections.Immutable;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>What an account can still spend: balances less what open orders hold. One line per asset and open order.</summary>
/// <param name="Posted">Units owned by asset; an asset may be short by a late fill or a fee, never by a new order.</param>
/// <param name="LastTradeNumber">Of the last fill booked; 0 before the first.</param>
public sealed record Account(
    AccountId Id, PoolId PoolId, VenueId VenueId, Asset ReportingAsset,
    ImmutableDictionary<Asset, Money> Posted, ImmutableDictionary<OrderId, Money> Reserved,
    ImmutableHashSet<string> Deposits, long LastTradeNumber, bool IsClosed)
{
    public decimal BalanceOf(Asset asset) => Posted.TryGetValue(asset, out var money) ? money.Amount : 0;

    public decimal ReservedOf(Asset asset) =>
        Reserved.Values.Where(money => money.Asset == asset).Sum(money => money.Amount);

    public decimal AvailableOf(Asset asset) => BalanceOf(asset) - ReservedOf(asset);

    public static Account? Evolve(Account? account, AccountEvent happened) => (account, happened) switch
    {
        (null, AccountOpened e) => new(
            e.AccountId, e.PoolId, e.VenueId, e.ReportingAsset,
            ImmutableDictionary<Asset, Money>.Empty, ImmutableDictionary<OrderId, Money>.Empty, [], LastTradeNumber: 0, IsClosed: false),
        (null, _) => null,
        (_, AccountClosed) => account with { IsClosed = true },
        (_, FundsDeposited e) => account.Post(e.Amount) with { Deposits = account.Deposits.Add(e.DepositId) },
        (_, FundsReserved e) => account with { Reserved = account.Reserved.SetItem(e.OrderId, e.Amount) },
        (_, FillBooked e) => account.Book(e),
        (_, ReservationReleased e) => account with { Reserved = account.Reserved.Remove(e.OrderId) },
        _ => account,
    };

    private Account Book(FillBooked e)
    {
        var postings = Postings.Of(e);
        return postings.Aggregate(this, (account, posting) => account.Post(posting)).Spend(e.OrderId, postings[0])
            with { LastTradeNumber = e.TradeNumber };
    }

    private Account Post(Money money) => this with
    {
        Posted = Posted.SetItem(money.Asset, money with { Amount = BalanceOf(money.Asset) + money.Amount }),
    };

    // What a fill spends comes out of the order's own reservation first.
    private Account Spend(OrderId order, Money spent) =>
        Reserved.TryGetValue(order, out var held) && held.Asset == spent.Asset
            ? this with { Reserved = Reserved.SetItem(order, held with { Amount = decimal.Max(0, held.Amount + spent.Amount) }) }
            : this;
}
