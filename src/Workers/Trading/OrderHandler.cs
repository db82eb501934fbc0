using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>Every command of an order: the streams are read, the decider decides, the bus commits.</summary>
public static class OrderHandler
{
    public static async Task<(Answer, OutgoingMessages)> HandleAsync(
        PlaceOrder command, IDocumentSession session, MarketCatalog catalog, MarketBoard board, KillSwitches switches,
        CancellationToken cancellationToken)
    {
        var file = await OrderFile.OpenAsync(session, command.AccountId, command.OrderId, board, cancellationToken);
        if (file.Account is not { } account)
            return Refused(new("no_account", "The pool has no account at this venue."));

        var best = command.Terms.Side is Side.Buy
            ? board.Quote(command.Terms.Symbol)?.Ask
            : board.Quote(command.Terms.Symbol)?.Bid;
        var closed = switches.IsKilled(command.VenueId, VenueActivity.Trade) ? VenueKill.TradingKilled : null;
        return catalog.Find(command.Terms.Symbol).Match(
            listed => Place(command, file, account, listed.Rules, best, closed),
            unlisted: () => Place(command, file, account, rules: null, best, closed),
            venueUnavailable: () => Refused(new("venue_unavailable", "The venue has not been reached yet.")));
    }

    public static async Task<(Answer, OutgoingMessages)> HandleAsync(
        CancelOrder command, IDocumentSession session, MarketBoard board, CancellationToken cancellationToken)
    {
        var file = await OrderFile.OpenAsync(session, command.AccountId, command.OrderId, board, cancellationToken);
        return file.Order is { } order
            ? OrderDecider.Decide(command, order).Match(events => Cancel(file, events), Refused)
            : Refused(Refusal.NotFound);
    }

    private static (Answer, OutgoingMessages) Place(
        PlaceOrder command, OrderFile file, Account account, MarketRules? rules, Price? best, Refusal? closed) =>
        OrderDecider.Decide(command, file.Order, rules, best, closed).Match(
            events => events is [OrderIntended intended] ? Reserve(file, account, intended) : (Answer.Done, []),
            Refused);

    private static (Answer, OutgoingMessages) Reserve(OrderFile file, Account account, OrderIntended intended) =>
        AccountDecider.Decide(intended, account).Match(
            reserved =>
            {
                file.Append([intended]);
                foreach (var entry in reserved)
                    file.Append(entry);
                return (Answer.Done, [new SubmitOrder(intended.AccountId, intended.OrderId)]);
            },
            Refused);

    private static (Answer, OutgoingMessages) Cancel(OrderFile file, IReadOnlyList<OrderEvent> events)
    {
        file.Append(events);
        return (Answer.Done, events.Count > 0 ? FollowUp.For(file.Order!) : []);
    }

    private static (Answer, OutgoingMessages) Refused(Refusal refusal) => (new(refusal), []);
}
