using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

/// <summary>An order, the account that pays for it and the book that counts it, moved on by facts as the platform moves them.</summary>
internal sealed record Desk(Account Account, Book Book, Order? Order, IReadOnlyList<OrderEvent> Happened)
{
    public static Desk Open(params AccountEvent[] past) => new(
        past.Aggregate(default(Account), Account.Evolve) ?? throw new ArgumentException("No account yet.", nameof(past)),
        past.Aggregate(default(Book), Book.Evolve) ?? throw new ArgumentException("No book yet.", nameof(past)),
        Order: null, []);

    public Desk With(IEnumerable<OrderEvent> events, RateOf rate) =>
        events.Aggregate(this, (desk, happened) => desk.With(happened, rate));

    /// <summary>What was decided, if it was not refused.</summary>
    public Desk With(Decision<OrderEvent> decision, RateOf rate) =>
        decision.Match(events => With(events, rate), _ => this);

    public Desk With(AccountEvent entry) => this with
    {
        Account = Account.Evolve(Account, entry) ?? Account, Book = Book.Evolve(Book, entry) ?? Book,
    };

    public Desk With(OrderEvent happened, RateOf rate)
    {
        var order = Order.Evolve(Order, happened) ?? throw new ArgumentException("No order yet.", nameof(happened));
        return AccountDecider.Follow(happened, order, Account, rate)
            .Aggregate(this with { Order = order, Happened = [.. Happened, happened] }, (desk, entry) => desk.With(entry));
    }
}
