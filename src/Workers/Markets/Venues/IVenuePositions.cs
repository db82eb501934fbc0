using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>What an account holds in derivatives at a venue. Questions only; each is asked once.</summary>
public interface IVenuePositions
{
    VenueId Venue { get; }

    Task<VenueAnswer<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellationToken);

    /// <summary>Newest first, the venue's page at most; empty where the venue does not tell.</summary>
    Task<VenueAnswer<IReadOnlyList<ClosedPosition>>> ClosedPositionsAsync(CancellationToken cancellationToken);

    /// <summary>Orders that wait at the venue for a price, the venue's page at most; empty where the venue does not tell.</summary>
    Task<VenueAnswer<IReadOnlyList<TriggerOrder>>> OpenTriggersAsync(CancellationToken cancellationToken);

    /// <summary>What stands behind the positions, where the venue keeps it apart from all else; empty where it does not.</summary>
    Task<VenueAnswer<IReadOnlyList<VenueBalance>>> CollateralAsync(CancellationToken cancellationToken);

    /// <summary>Whether long and short of one instrument are held apart; otherwise they are one position.</summary>
    Task<VenueAnswer<bool>> IsHedgedAsync(CancellationToken cancellationToken);

    /// <summary>What traded in derivatives, whoever ordered it, newest first; the venue's page at most. Empty where it is followed by the stream, or not asked.</summary>
    Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<VenueFill>>([]);

    /// <summary>
    /// Positions, waiting orders and orders as they change; begins when there are credentials, and never ends by itself. After each
    /// Connected the reader asks. Ends at once where the venue's stream is not followed.
    /// </summary>
    IAsyncEnumerable<StreamEvent<VenueUserReport>> PositionStreamAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<StreamEvent<VenueUserReport>>();
}

/// <summary>One position as the venue reckons it.</summary>
/// <param name="Contracts">Above zero long, below zero short.</param>
/// <param name="EntryPrice">The average; null where the venue does not tell.</param>
/// <param name="Unrealized">Profit above zero, in the venue's asset of account; null where the venue does not tell.</param>
/// <param name="At">The venue's clock; null where it does not tell.</param>
public sealed record VenuePosition(
    string VenueSymbol, decimal Contracts, Price? EntryPrice, Price? MarkPrice, Price? LiquidationPrice, decimal? Leverage,
    Money? Unrealized, DateTimeOffset? At);

/// <summary>A position that is over.</summary>
/// <param name="Contracts">That were closed; above zero they were long, below zero short.</param>
/// <param name="Realized">After fees and funding.</param>
/// <param name="Fee">Above zero: we paid. Whatever sign the venue uses.</param>
/// <param name="Funding">Above zero: we were paid.</param>
public sealed record ClosedPosition(
    string VenueSymbol, decimal Contracts, Price EntryPrice, Price ExitPrice, Money Realized, Money Fee, Money Funding,
    DateTimeOffset OpenedAt, DateTimeOffset ClosedAt);

/// <summary>How far an order that waits for a price is.</summary>
public enum TriggerState
{
    Waiting = 0,

    /// <summary>The price was reached and an order was placed.</summary>
    Triggered,

    Canceled,

    /// <summary>The price was reached, and the venue could not place the order.</summary>
    Failed,
}

/// <summary>By which price a trigger is measured.</summary>
public enum TriggerPriceKind { Last = 0, Mark, Index }

/// <param name="LimitPrice">Of the order that is placed then; null: at market.</param>
public sealed record PriceTrigger(Price At, TriggerPriceKind Kind, Price? LimitPrice);

/// <summary>An order that waits at the venue for one of its prices.</summary>
/// <param name="Quantity">Null: all that is held then.</param>
/// <param name="VenueOrderId">Of the order that was placed; null while none was.</param>
public sealed record TriggerOrder(
    string VenueSymbol, string VenueTriggerId, string? ClientTriggerId, VenueSide Side, TriggerState State,
    IReadOnlyList<PriceTrigger> Triggers, Quantity? Quantity, string? VenueOrderId, DateTimeOffset At);
