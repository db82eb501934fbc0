namespace Platform.Domain.Markets.Fetching;

/// <summary>What an account at a venue holds of one asset, in units of it.</summary>
/// <param name="Locked">Held by open orders.</param>
public sealed record AccountBalance(string Asset, decimal Free, decimal Locked) : FactContent;

/// <summary>A deposit or withdrawal, as far as the venue has got with it; progress is a revision.</summary>
/// <param name="Network">The venue's name for the chain; null where it does not say.</param>
/// <param name="State">How far it is: pending, sent, completed, failed, canceled.</param>
/// <param name="TransactionId">On the chain; null while there is none, or inside of the venue.</param>
public sealed record CoinTransfer(
    bool IsDeposit, string Asset, decimal Amount, decimal? Fee, string? Network, string State, string? TransactionId,
    string? Address) : FactContent;

/// <summary>Why a balance changed without an order, a deposit or a withdrawal.</summary>
/// <param name="Kind">income, conversion, rebate or transfer.</param>
/// <param name="Change">In units of the asset; below zero it went out.</param>
/// <param name="Note">The venue's own words; null where it has none.</param>
public sealed record BalanceMovement(string Kind, string Asset, decimal Change, string? Note) : FactContent;

/// <summary>An address in the venue's own address book.</summary>
/// <param name="IsWhitelisted">Whether the venue lets withdrawals go there; null where it does not tell.</param>
public sealed record WithdrawalAddress(
    string Asset, string? Network, string Address, string? Tag, string? Label, bool? IsWhitelisted) : FactContent;

/// <summary>What moving an asset over one network takes; amounts in units of the asset.</summary>
/// <param name="WithdrawFee">Null where the venue tells it only for an amount.</param>
/// <param name="WithdrawMin">Null, as the most, where there is no such rule.</param>
/// <param name="Confirmations">Until a deposit can be traded; null where the venue does not say.</param>
public sealed record NetworkTerms(
    string Asset, string Network, bool CanDeposit, bool CanWithdraw, decimal? WithdrawFee, decimal? WithdrawMin,
    decimal? WithdrawMax, int? Confirmations) : FactContent;
