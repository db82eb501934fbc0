using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>Sending what the account has to somewhere else. Each call is made once.</summary>
public interface IVenueWithdrawals
{
    VenueId Venue { get; }

    /// <summary>
    /// Whether the venue takes our id and answers by it what became of a withdrawal. Where not, an unanswered one is looked for in
    /// <see cref="IVenueAccount.WithdrawalsAsync"/> by asset, address and amount, and a person decides where that is ambiguous.
    /// </summary>
    bool KeepsClientIds { get; }

    Task<VenueAnswer<IReadOnlyList<VenueNetwork>>> NetworksAsync(Asset asset, CancellationToken cancellationToken);

    /// <summary>The addresses that the account holder entered at the venue.</summary>
    Task<VenueAnswer<IReadOnlyList<VenueAddress>>> AddressBookAsync(Asset asset, CancellationToken cancellationToken);

    /// <summary>Sent once; the venue's word that it took it, or that it did not.</summary>
    Task<VenueAnswer<VenueTransferName>> WithdrawAsync(NewWithdrawal withdrawal, CancellationToken cancellationToken);

    /// <summary>NotFound is the venue's explicit word that it knows of no such withdrawal.</summary>
    Task<VenueAnswer<VenueTransfer>> QueryAsync(VenueTransferName withdrawal, CancellationToken cancellationToken);
}

/// <summary>One way of an asset out of a venue and into it.</summary>
/// <param name="Network">As the venue writes it.</param>
/// <param name="Fee">In units of the asset; null where the venue tells it only for an amount.</param>
/// <param name="Min">The least that can be withdrawn; null where there is no such rule.</param>
/// <param name="Confirmations">Until a deposit is credited; null where the venue does not tell.</param>
public sealed record VenueNetwork(
    string Asset, string Network, bool CanDeposit, bool CanWithdraw, Quantity? Fee, Quantity? Min, Quantity? Max,
    int? Confirmations = null);

/// <param name="ClientTransferId">The ensure key: the venue's own idempotency token where it has one.</param>
/// <param name="Amount">What leaves the account, the fee included where the venue takes it from there.</param>
public sealed record NewWithdrawal(string ClientTransferId, Asset Asset, Quantity Amount, VenueAddress To);

/// <summary>Which withdrawal is meant.</summary>
/// <param name="VenueTransferId">Null while the venue has told none.</param>
public sealed record VenueTransferName(Asset Asset, string ClientTransferId, string? VenueTransferId = null);
