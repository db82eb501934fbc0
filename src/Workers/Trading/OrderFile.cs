using Marten;
using JasperFx.Events;
using Platform.Domain.Trading;
using Platform.Workers.Markets;

namespace Platform.Workers.Trading;

/// <summary>
/// An order and the account that pays for it, held for writing together. The account is locked first and until the
/// commit, so that whatever touches one account happens in one order and two never spend the same unit.
/// </summary>
public sealed class OrderFile
{
    private readonly IEventStream<Account> accounts;
    private readonly IEventStream<Order> orders;
    private readonly MarketBoard board;

    private OrderFile(IEventStream<Account> accounts, IEventStream<Order> orders, MarketBoard board)
    {
        (this.accounts, this.orders, this.board) = (accounts, orders, board);
        (Account, Order) = (accounts.Aggregate, orders.Aggregate);
    }

    /// <summary>Null when the pool has no account at the venue.</summary>
    public Account? Account { get; private set; }

    /// <summary>Null before the order's first event.</summary>
    public Order? Order { get; private set; }

    /// <summary>For a command that may be the order's first.</summary>
    public static async Task<OrderFile> OpenAsync(
        IDocumentSession session, AccountId account, OrderId order, MarketBoard board, CancellationToken cancellationToken)
    {
        var ledger = await session.Events.FetchForExclusiveWriting<Account>(account.Value, cancellationToken);
        return new(ledger, await session.Events.FetchForWriting<Order>(order.Value, cancellationToken), board);
    }

    /// <summary>Adds facts of the order, each followed by what it means for the ledger, to the session's commit.</summary>
    /// <exception cref="OrderMissingException">The pool has no such account, or the order no first event.</exception>
    public void Append(IReadOnlyList<OrderEvent> events)
    {
        foreach (var happened in events)
        {
            Order = Order.Evolve(Order, happened);
            orders.AppendOne(happened);
            var (order, account) = (Order, Account) is ({ } o, { } a) ? (o, a) : throw new OrderMissingException(orders.Id);
            foreach (var entry in AccountDecider.Follow(happened, order, account, asset => board.Mark(asset, account.ReportingAsset)))
                Append(entry);
        }
    }

    /// <summary>Adds a fact of the ledger to the session's commit.</summary>
    public void Append(AccountEvent happened)
    {
        Account = Account.Evolve(Account, happened);
        accounts.AppendOne(happened);
    }
}
