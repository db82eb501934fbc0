using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform.Domain.Trading;

namespace Platform.Projections.Trading;

/// <summary>Lets the store rebuild the domain's <see cref="Order"/> while the domain stays free of the store.</summary>
public sealed class OrderProjection : SingleStreamProjection<Order, OrderId>
{
    public override Order? Evolve(Order? snapshot, OrderId id, IEvent e) =>
        e.Data is OrderEvent happened ? Order.Evolve(snapshot, happened) : snapshot;
}

/// <summary>Keeps the domain's <see cref="Account"/> in the same commit, so that a decision never folds a long ledger.</summary>
public sealed class AccountProjection : SingleStreamProjection<Account, AccountId>
{
    public override Account? Evolve(Account? snapshot, AccountId id, IEvent e) =>
        e.Data is AccountEvent happened ? Account.Evolve(snapshot, happened) : snapshot;
}

/// <summary>Positions, lots and gains for readers.</summary>
public sealed class BookProjection : SingleStreamProjection<Book, AccountId>
{
    public BookProjection() => Name = nameof(Book);

    public override Book? Evolve(Book? snapshot, AccountId id, IEvent e) =>
        e.Data is AccountEvent happened && Book.Evolve(snapshot, happened) is { } book
            ? book with { Sequence = e.Sequence }
            : snapshot;
}
