using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// What changes an account's balances beside orders, deposits and withdrawals: without it nobody can say why the venue's balances
/// are not those of the books. Questions only.
/// </summary>
public interface IVenueLedger
{
    VenueId Venue { get; }

    /// <summary>Oldest first; as far back as the venue answers at once, and the venue's pages at most.</summary>
    Task<VenueAnswer<IReadOnlyList<VenueMovement>>> MovementsAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>Why a balance changed.</summary>
public enum VenueMovementKind
{
    /// <summary>Distributions, interest, airdrops.</summary>
    Income = 0,

    /// <summary>One asset became another without an order; each side is a movement of the same id.</summary>
    Conversion,

    /// <summary>Fees that came back.</summary>
    Rebate,

    /// <summary>Between the account's own wallets at the venue.</summary>
    Transfer,
}

/// <param name="MovementId">The venue's own; with kind and asset it is unique.</param>
/// <param name="Asset">The platform's code.</param>
/// <param name="Change">In units of the asset; below zero it went out. What the venue kept is taken off already.</param>
/// <param name="Note">The venue's own words; null where it has none.</param>
public sealed record VenueMovement(
    string MovementId, VenueMovementKind Kind, string Asset, decimal Change, DateTimeOffset At, string? Note = null);
