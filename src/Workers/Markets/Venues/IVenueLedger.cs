using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// What changes an account's balances beside orders, deposits and withdrawals: without it nobody can say why the venue's balances
/// are not those of the books. Questions only.
/// </summary>
public interface IVenueLedger
{
    VenueId Venue { get; }

    /// <summary>What is asked for apart, by our names: an account that the venue refuses one of them is told of the others.</summary>
    IReadOnlyList<string> Parts { get; }

    /// <summary>Oldest first; as far back as the venue answers at once, and a bounded number of the venue's pages.</summary>
    /// <param name="part">One of <see cref="Parts"/>.</param>
    Task<VenueAnswer<IReadOnlyList<VenueMovement>>> MovementsAsync(
        string part, DateTimeOffset since, CancellationToken cancellationToken);
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

    /// <summary>Borrowed to trade on margin: what is owed grows by as much.</summary>
    Borrowing,

    /// <summary>Of what was borrowed, with its interest.</summary>
    Repayment,

    /// <summary>Accrued on what is borrowed: owed from then on. The balance changes with the repayment.</summary>
    Interest,

    /// <summary>Traded by the venue because too much was owed; each side is a movement of the same id.</summary>
    Liquidation,

    /// <summary>Money that came in from a bank.</summary>
    Deposit,

    /// <summary>Money that went out to a bank.</summary>
    Withdrawal,

    /// <summary>For a service of the venue; above zero it was given back.</summary>
    Payment,
}

/// <param name="MovementId">The venue's own; with kind, asset and wallet it is unique.</param>
/// <param name="Asset">The platform's code.</param>
/// <param name="Change">In units of the asset; below zero it went out. What the venue kept is taken off already.</param>
/// <param name="Note">The venue's own words; null where it has none.</param>
/// <param name="Wallet">Which of the account's wallets it is of, where it is not the one that orders use: <c>margin</c>, <c>margin/BNBBTC</c>, <c>funding</c>.
/// Money that never was in the account has the way that it went: <c>c2c</c>, <c>Credit Card</c>.</param>
public sealed record VenueMovement(
    string MovementId, VenueMovementKind Kind, string Asset, decimal Change, DateTimeOffset At, string? Note = null,
    string? Wallet = null);
