using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>What the account has and pays at a venue. Questions only; each is asked once.</summary>
public interface IVenueAccount
{
    VenueId Venue { get; }

    /// <summary>Assets of which the account has something.</summary>
    Task<VenueAnswer<IReadOnlyList<VenueBalance>>> BalancesAsync(CancellationToken cancellationToken);

    /// <summary>What this account pays on one market now.</summary>
    Task<VenueAnswer<FeeRates>> FeesAsync(Instrument instrument, CancellationToken cancellationToken);

    /// <summary>Newest first; the venue's page at most.</summary>
    Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> DepositsAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Newest first; the venue's page at most.</summary>
    Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> WithdrawalsAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <param name="network">As the venue writes it.</param>
    Task<VenueAnswer<VenueAddress>> DepositAddressAsync(Asset asset, string network, CancellationToken cancellationToken);

    /// <summary>What the key may do that our calls are signed by; refused where the venue does not tell.</summary>
    Task<VenueAnswer<KeyPermissions>> KeyAsync(CancellationToken cancellationToken) =>
        VenueAnswers.NotToldAsync<KeyPermissions>("The venue does not tell what a key may do.");
}

/// <param name="CanTrade">Place and cancel orders on spot markets.</param>
/// <param name="CanWithdraw">Send coins out of the account.</param>
public sealed record KeyPermissions(bool CanTrade, bool CanWithdraw);

/// <param name="Asset">The platform's code (BTC, not XBT); may lie outside the alphabet of <see cref="Domain.Values.Asset"/>.</param>
/// <param name="Locked">Held by open orders and withdrawals.</param>
public sealed record VenueBalance(string Asset, Quantity Free, Quantity Locked);

/// <summary>How far a deposit or a withdrawal is.</summary>
public enum VenueTransferState
{
    /// <summary>The venue knows of it, and has not let it go or credited it yet.</summary>
    Pending = 0,

    /// <summary>On the chain, with a transaction to look at.</summary>
    Sent,

    /// <summary>Credited, or confirmed where it went.</summary>
    Completed,

    /// <summary>Nothing was moved, or what was moved came back.</summary>
    Failed,

    /// <summary>Called off before it was sent.</summary>
    Canceled,
}

/// <summary>One deposit or withdrawal as the venue tells it.</summary>
/// <param name="VenueTransferId">The venue's name for it.</param>
/// <param name="ClientTransferId">Ours, where the venue keeps it; null otherwise.</param>
/// <param name="Asset">The platform's code.</param>
/// <param name="Network">As the venue writes it; null where it does not tell.</param>
/// <param name="Amount">What arrives, without the fee.</param>
/// <param name="Fee">What the venue keeps, in the same asset; null where it does not tell.</param>
/// <param name="Address">Null where the venue does not tell.</param>
/// <param name="TransactionId">On the chain; null while there is none.</param>
public sealed record VenueTransfer(
    string VenueTransferId, string? ClientTransferId, string Asset, string? Network, Quantity Amount, Quantity? Fee,
    string? Address, string? Tag, string? TransactionId, VenueTransferState State, DateTimeOffset At);

/// <summary>Where something can be sent to.</summary>
/// <param name="Network">As the venue writes it; null: the asset has one only.</param>
/// <param name="Tag">Memo or destination tag; null where none is needed.</param>
/// <param name="Label">The venue's, or the account holder's, name for it; null where it has none.</param>
/// <param name="IsVerified">Whether the venue lets withdrawals go there; null where it does not tell.</param>
public sealed record VenueAddress(
    string Asset, string? Network, string Address, string? Tag, string? Label = null, bool? IsVerified = null);
